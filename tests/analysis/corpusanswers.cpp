// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/analysis/corpusanswers.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

std::expected<Assessment, QString> answerTo(const CorpusCase &entry, const QByteArray &line)
{
    const QJsonObject json = QJsonDocument::fromJson(line).object();
    if (json[u"id"_s].toString() != entry.id)
        return std::unexpected(u"%1 is answered by %2"_s.arg(entry.id, QString::fromUtf8(line.left(200))));
    return assessmentFromJson(json);
}

} // namespace

std::expected<QList<Assessment>, QString> answersTo(const QList<CorpusCase> &cases, const QStringList &arguments)
{
    QByteArray input;
    for (const CorpusCase &entry : cases)
        input += QJsonDocument(QJsonObject{{u"id"_s, entry.id}, {u"sql"_s, entry.sql}}).toJson(QJsonDocument::Compact)
            + '\n';
    QProcess process;
    process.start(u"holdpointctl"_s, QStringList{u"analyze"_s, u"--batch"_s} + arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(240'000) || process.exitCode() != 0)
        return std::unexpected(QString::fromUtf8(process.readAllStandardError()));
    const QList<QByteArray> lines = process.readAllStandardOutput().trimmed().split('\n');
    if (lines.size() != cases.size())
        return std::unexpected(u"%1 cases, %2 answers"_s.arg(cases.size()).arg(lines.size()));
    QList<Assessment> answers;
    for (qsizetype index = 0; index < lines.size(); ++index) {
        auto answer = answerTo(cases[index], lines[index]);
        if (!answer)
            return std::unexpected(answer.error());
        answers.append(std::move(*answer));
    }
    return answers;
}

void addRows(const QList<CorpusCase> &cases)
{
    QTest::addColumn<int>("index");
    for (int index = 0; index < cases.size(); ++index)
        QTest::newRow(qPrintable(cases[index].id)) << index;
}

QSet<QString> rulesOf(const Assessment &assessment)
{
    QSet<QString> rules;
    for (const Statement &statement : assessment.statements)
        for (const Finding &finding : statement.findings)
            rules.insert(finding.rule);
    return rules;
}
