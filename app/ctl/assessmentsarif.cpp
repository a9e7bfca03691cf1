// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/assessmentsarif.h"

#include <QJsonArray>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QString sarifLevel(RiskLevel level)
{
    switch (level) {
    case RiskLevel::Read:
        return u"note"_s;
    case RiskLevel::Write:
        return u"warning"_s;
    case RiskLevel::Destructive:
    case RiskLevel::Critical:
        break;
    }
    return u"error"_s;
}

QJsonObject message(const QString &text)
{
    return {{u"text"_s, text}};
}

QJsonObject region(const AnalysedText &text, const Finding &finding)
{
    const LinePlace start = placeOfByte(text.sql, finding.start), end = placeOfByte(text.sql, finding.end);
    return {{u"startLine"_s, start.line}, {u"startColumn"_s, start.column}, {u"endLine"_s, end.line},
        {u"endColumn"_s, end.column}, {u"byteOffset"_s, finding.start}, {u"byteLength"_s, finding.end - finding.start}};
}

QJsonObject location(const AnalysedText &text, const Finding &finding)
{
    const QString name = text.name == "-"_L1 ? u"stdin"_s : text.name;
    const QString uri = QString::fromLatin1(QUrl::toPercentEncoding(name, "/"));
    return {{u"physicalLocation"_s,
        QJsonObject{{u"artifactLocation"_s, QJsonObject{{u"uri"_s, uri}}}, {u"region"_s, region(text, finding)}}}};
}

class RuleList
{
public:
    qsizetype indexOf(const QString &id)
    {
        const qsizetype known = m_ids.indexOf(id);
        if (known >= 0)
            return known;
        m_ids.append(id);
        return m_ids.size() - 1;
    }

    QJsonArray toArray() const
    {
        QJsonArray rules;
        for (const QString &id : m_ids)
            rules.append(QJsonObject{{u"id"_s, id}});
        return rules;
    }

private:
    QStringList m_ids;
};

QJsonObject result(const AnalysedText &text, const Finding &finding, RuleList &rules)
{
    return {{u"ruleId"_s, finding.rule}, {u"ruleIndex"_s, rules.indexOf(finding.rule)},
        {u"level"_s, sarifLevel(finding.level)}, {u"message"_s, message(finding.message + u' ' + finding.remedy)},
        {u"locations"_s, QJsonArray{location(text, finding)}},
        {u"properties"_s, QJsonObject{{u"riskLevel"_s, toWord(finding.level)}}}};
}

QJsonObject catalogProperties(const AnalysisCatalog &catalog)
{
    const CatalogSnapshot &snapshot = catalog.snapshot;
    QJsonObject properties{{u"catalog"_s, snapshot.isEmpty() ? QJsonValue() : QJsonValue(snapshot.id)}};
    if (!snapshot.isEmpty()) {
        properties[u"catalogSource"_s] = snapshot.source;
        properties[u"catalogTakenAt"_s] = snapshot.takenAt.toString(Qt::ISODate);
    }
    if (!catalog.unavailable.isEmpty())
        properties[u"catalogError"_s] = catalog.unavailable;
    return properties;
}

} // namespace

QJsonObject toSarif(const QList<AnalysedText> &texts, const AnalysisCatalog &catalog)
{
    RuleList rules;
    QJsonArray results;
    for (const AnalysedText &text : texts)
        for (const Statement &statement : text.assessment.statements)
            for (const Finding &finding : statement.findings)
                results.append(result(text, finding, rules));
    const QJsonObject driver{
        {u"name"_s, u"Holdpoint"_s}, {u"version"_s, QStringLiteral(HOLDPOINT_VERSION)}, {u"rules"_s, rules.toArray()}};
    const QJsonObject run{{u"tool"_s, QJsonObject{{u"driver"_s, driver}}}, {u"columnKind"_s, u"unicodeCodePoints"_s},
        {u"results"_s, results}, {u"properties"_s, catalogProperties(catalog)}};
    return {{u"$schema"_s, u"https://json.schemastore.org/sarif-2.1.0.json"_s}, {u"version"_s, u"2.1.0"_s},
        {u"runs"_s, QJsonArray{run}}};
}

} // namespace holdpoint
