// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commandline.h"
#include "app/ctl/commands.h"
#include "app/ctl/terminal.h"
#include "app/ctl/trialtext.h"

#include <QDeadlineTimer>
#include <QThread>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int pollInterval = 100; // milliseconds
constexpr qint64 longestWait = 86'400; // seconds

/// The trial as it is once it has ended, or the time is over.
std::expected<Trial, Error> awaitEnd(StoreClient &store, qint64 id, qint64 seconds)
{
    const QDeadlineTimer deadline(seconds * 1000);
    for (;;) {
        const bool over = deadline.hasExpired();
        auto trial = store.trial(id);
        if (!trial || over || !trial->isUnfinished())
            return trial;
        QThread::msleep(pollInterval);
    }
}

int statusOf(const Trial &trial)
{
    if (trial.isUnfinished())
        return ExitStatus::StillOpen;
    return trial.result && trial.result->outcome == TrialResult::Outcome::Ran ? ExitStatus::Done : ExitStatus::No;
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonObject toJson(const Trial &trial)
{
    return {{u"trial"_s, trial.id}, {u"action"_s, trial.action}, {u"revision"_s, trial.revision},
        {u"target"_s, trial.target}, {u"state"_s, toWord(trial.state)}, {u"requested_by"_s, trial.requestedBy},
        {u"requested_at"_s, trial.requestedAt.toString(Qt::ISODateWithMs)},
        {u"ended_at"_s, orNull(trial.endedAt.toString(Qt::ISODateWithMs))}, {u"executor"_s, orNull(trial.executor)},
        {u"lost_because"_s, orNull(trial.lostBecause)},
        {u"result"_s, trial.result ? QJsonValue(toJson(*trial.result)) : QJsonValue()}};
}

std::expected<int, Error> tryOut(StoreClient &store, const CommandLine &line, qint64 action, qint64 seconds)
{
    const auto about = store.action(action);
    if (!about)
        return std::unexpected(about.error());
    return store.requestTrial(action, about->revision, about->digest)
        .and_then([&](qint64 id) { return awaitEnd(store, id, seconds); })
        .transform([&](const Trial &trial) {
            if (line.wantsJson())
                printJson(toJson(trial));
            else
                printTrial(trial);
            return statusOf(trial);
        });
}

} // namespace

int runTrial(const QStringList &arguments)
{
    CommandLine line(u"trial"_s,
        u"Has an executor run an action on a sandbox of its target and roll it back, and prints what it did there and "
        "how far that sandbox can stand for the target. For those who may decide about the action. An interrupted "
        "command leaves the trial to end by itself. Exit status: 0 it ran, 1 it failed, was not tried or was lost, 2 "
        "nothing was done, 6 still running when the time was over."_s);
    line.addArgument(u"action"_s, u"The action's number."_s);
    line.addOption(u"timeout"_s, u"seconds"_s, u"How long to wait at most."_s, u"600"_s);
    line.addFormatOption();
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const auto id = CommandLine::number(line.argument(0), u"action"_s);
    if (!id)
        return fail(id.error());
    const auto seconds = CommandLine::number(line.value(u"timeout"_s), u"time to wait"_s, 0);
    if (!seconds)
        return fail(seconds.error());
    return withStore(line, [&](StoreClient &store) { return tryOut(store, line, *id, qMin(*seconds, longestWait)); });
}

} // namespace holdpoint
