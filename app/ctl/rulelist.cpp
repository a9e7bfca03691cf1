// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/rulelist.h"

#include "app/ctl/terminal.h"
#include "core/assessment/analyzerclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int patience = 10'000; ///< ms

std::expected<QJsonArray, Error> rulesOfWorker()
{
    QProcess worker;
    worker.start(analyzerProgram(), {u"--list-rules"_s});
    if (!worker.waitForFinished(patience) || worker.exitStatus() != QProcess::NormalExit || worker.exitCode() != 0)
        return std::unexpected(Error{Error::Code::Failed,
            u"the analyzer \"%1\" does not list its rules"_s.arg(analyzerProgram()), u"check the installation"_s, {}});
    QJsonArray rules;
    for (const QByteArray &line : worker.readAllStandardOutput().split('\n'))
        if (!line.isEmpty())
            rules.append(QJsonDocument::fromJson(line).object());
    return rules;
}

QString described(const QJsonObject &rule)
{
    QString text = u"%1  %2, on %3, sees %4"_s.arg(rule[u"id"_s].toString(), rule[u"level"_s].toString(),
        rule[u"family"_s].toString(), rule[u"sees"_s].toString());
    for (const QJsonValue message : rule[u"messages"_s].toArray())
        text += u"\n    "_s + message.toString();
    for (const QJsonValue remedy : rule[u"remedies"_s].toArray())
        text += u"\n    → "_s + remedy.toString();
    return text + u'\n';
}

} // namespace

int printRules(bool asJson)
{
    const auto rules = rulesOfWorker();
    if (!rules)
        return fail(rules.error());
    for (const QJsonValue rule : *rules)
        asJson ? printJson(rule) : printLine(described(rule.toObject()));
    return ExitStatus::Done;
}

} // namespace holdpoint
