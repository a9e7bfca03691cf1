// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/assessmentsarif.h"

#include "app/ctl/textplaces.h"

#include <QCryptographicHash>
#include <QDir>
#include <QHash>
#include <QJsonArray>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype longestWords = 4096; ///< bytes of a finding's words that go into its fingerprint

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

/// Relative to where the command ran, as a code host wants it, unless the name says otherwise.
QString uriOf(const QString &name)
{
    if (name == "-"_L1)
        return u"stdin"_s;
    if (QDir::isAbsolutePath(name))
        return QUrl::fromLocalFile(name).toString(QUrl::FullyEncoded);
    return QString::fromLatin1(QUrl::toPercentEncoding(QDir::cleanPath(name), "/"));
}

/// The rules that found something, in the order in which they did, each described by the first thing that it found.
class RuleList
{
public:
    qsizetype indexOf(const Finding &finding)
    {
        const auto known = m_indices.constFind(finding.rule);
        if (known != m_indices.constEnd())
            return *known;
        m_indices.insert(finding.rule, m_rules.size());
        m_rules.append(described(finding));
        return m_rules.size() - 1;
    }

    QJsonArray toArray() const { return m_rules; }

private:
    static QJsonObject described(const Finding &finding)
    {
        QString name;
        for (const QString &word : finding.rule.split(u'-'))
            name += word.first(1).toUpper() + word.sliced(1);
        const QString title = name.first(1) + finding.rule.sliced(1).replace(u'-', u' ');
        return {{u"id"_s, finding.rule}, {u"name"_s, name}, {u"shortDescription"_s, message(title)},
            {u"fullDescription"_s, message(title + u". "_s + finding.remedy)}, {u"help"_s, message(finding.remedy)},
            {u"defaultConfiguration"_s, QJsonObject{{u"level"_s, sarifLevel(finding.level)}}},
            {u"properties"_s, QJsonObject{{u"tags"_s, QJsonArray{u"security"_s, u"sql"_s}}}}};
    }

    QHash<QString, qsizetype> m_indices;
    QJsonArray m_rules;
};

/// Writes the results of one text.
class ResultWriter
{
public:
    ResultWriter(const AnalysedText &text, qsizetype artifact, RuleList &rules)
        : m_text(text)
        , m_places(text.sql)
        , m_artifact(artifact)
        , m_rules(rules)
    {
    }

    QJsonObject result(const Finding &finding)
    {
        const ByteSpan span = m_places.visible({finding.start, finding.end});
        const QJsonObject file{{u"uri"_s, uriOf(m_text.name)}, {u"index"_s, m_artifact}};
        const QJsonObject place{{u"artifactLocation"_s, file}, {u"region"_s, region(span)}};
        return {{u"ruleId"_s, finding.rule}, {u"ruleIndex"_s, m_rules.indexOf(finding)},
            {u"level"_s, sarifLevel(finding.level)}, {u"message"_s, message(finding.message + u' ' + finding.remedy)},
            {u"locations"_s, QJsonArray{QJsonObject{{u"physicalLocation"_s, place}}}},
            {u"partialFingerprints"_s, QJsonObject{{u"holdpointFinding/v1"_s, fingerprint(finding, span)}}},
            {u"properties"_s, QJsonObject{{u"riskLevel"_s, toWord(finding.level)}}}};
    }

private:
    QJsonObject region(ByteSpan span) const
    {
        const LinePlace start = m_places.placeOf(span.start), end = m_places.placeOf(span.end);
        return {{u"startLine"_s, start.line}, {u"startColumn"_s, start.column}, {u"endLine"_s, end.line},
            {u"endColumn"_s, end.column}, {u"byteOffset"_s, span.start}, {u"byteLength"_s, span.end - span.start}};
    }

    /// Stays when lines above it come and go: the rule, the words it found, and which of several alike it is.
    QString fingerprint(const Finding &finding, ByteSpan span)
    {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        hash.addData(finding.rule.toUtf8() + '\n');
        hash.addData(QByteArrayView(m_text.sql).sliced(span.start, std::min(span.end - span.start, longestWords)));
        const QByteArray words = hash.result().toHex();
        return QString::fromLatin1(words) + u':' + QString::number(++m_alike[words]);
    }

    const AnalysedText &m_text;
    const TextPlaces m_places;
    const qsizetype m_artifact;
    RuleList &m_rules;
    QHash<QByteArray, qsizetype> m_alike;
};

QJsonObject artifact(const AnalysedText &text)
{
    return {{u"location"_s, QJsonObject{{u"uri"_s, uriOf(text.name)}}}, {u"length"_s, text.sql.size()},
        {u"roles"_s, QJsonArray{u"analysisTarget"_s}}, {u"sourceLanguage"_s, u"sql"_s}, {u"encoding"_s, u"UTF-8"_s}};
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
    QJsonArray artifacts, results;
    for (const AnalysedText &text : texts) {
        ResultWriter writer(text, artifacts.size(), rules);
        artifacts.append(artifact(text));
        for (const Statement &statement : text.assessment.statements)
            for (const Finding &finding : statement.findings)
                results.append(writer.result(finding));
    }
    const QString version = QStringLiteral(HOLDPOINT_VERSION);
    const QJsonObject driver{{u"name"_s, u"Holdpoint"_s}, {u"version"_s, version}, {u"semanticVersion"_s, version},
        {u"rules"_s, rules.toArray()}};
    const QJsonObject run{{u"tool"_s, QJsonObject{{u"driver"_s, driver}}}, {u"columnKind"_s, u"unicodeCodePoints"_s},
        {u"artifacts"_s, artifacts}, {u"results"_s, results}, {u"properties"_s, catalogProperties(catalog)}};
    return {{u"$schema"_s, u"https://json.schemastore.org/sarif-2.1.0.json"_s}, {u"version"_s, u"2.1.0"_s},
        {u"runs"_s, QJsonArray{run}}};
}

} // namespace holdpoint
