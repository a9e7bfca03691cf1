// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commandline.h"
#include "app/ctl/commands.h"
#include "app/ctl/submission.h"
#include "app/ctl/terminal.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

void print(const CommandLine &line, const Submitted &submitted)
{
    if (line.wantsJson())
        printJson(QJsonObject{{u"action"_s, submitted.action}, {u"revision"_s, submitted.revision}});
    else
        printLine(u"action %1, revision %2, waits for a person"_s.arg(submitted.action).arg(submitted.revision));
}

} // namespace

int runSubmit(const QStringList &arguments)
{
    CommandLine line(u"submit"_s,
        u"Asks for SQL to be run on a target, once a person has released it. At most 1 MiB (1,048,576 bytes)."_s);
    line.addOptionalArgument(u"file"_s, u"The SQL; without it, or as -, standard input is read."_s);
    line.addRequiredOption(u"target"_s, u"name"_s, u"Where it is to run, as in prod-eu."_s);
    line.addRequiredOption(u"title"_s, u"text"_s, u"What it is for, in one line of at most 200 characters."_s);
    line.addRequiredOption(u"reason"_s, u"text"_s, u"Why, for the person who decides: at most 4,000 characters."_s);
    line.addOption(u"key"_s, u"text"_s, u"Sent again with the same text, it gives the action that is already there."_s);
    line.addFormatOption();
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const auto sql = readSubmission(line.argument(0));
    if (!sql)
        return fail(sql.error());
    return withStore(line, [&](StoreClient &store) {
        return store
            .submit(
                line.value(u"target"_s), *sql, line.value(u"title"_s), line.value(u"reason"_s), line.value(u"key"_s))
            .transform([&](const Submitted &submitted) {
                print(line, submitted);
                return ExitStatus::Done;
            });
    });
}

int runRevise(const QStringList &arguments)
{
    CommandLine line(u"revise"_s,
        u"Replaces the text of one's own action, as long as nobody has released it; approvals do not carry over."_s);
    line.addArgument(u"action"_s, u"The action's number."_s);
    line.addOptionalArgument(u"file"_s, u"The SQL; without it, or as -, standard input is read."_s);
    line.addRequiredOption(u"reason"_s, u"text"_s, u"Why, for the person who decides: at most 4,000 characters."_s);
    line.addFormatOption();
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const auto id = CommandLine::number(line.argument(0), u"action"_s);
    if (!id)
        return fail(id.error());
    const auto sql = readSubmission(line.argument(1));
    if (!sql)
        return fail(sql.error());
    return withStore(line, [&](StoreClient &store) {
        return store.revise(*id, *sql, line.value(u"reason"_s)).transform([&](int revision) {
            print(line, {.action = *id, .revision = revision});
            return ExitStatus::Done;
        });
    });
}

} // namespace holdpoint
