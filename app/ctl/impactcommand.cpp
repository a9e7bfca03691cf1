// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commandline.h"
#include "app/ctl/commands.h"
#include "app/ctl/impactjson.h"
#include "app/ctl/impacttext.h"
#include "app/ctl/interrupt.h"
#include "app/ctl/submission.h"
#include "app/ctl/terminal.h"
#include "core/assessment/analyzerclient.h"
#include "core/catalog/catalogreader.h"
#include "core/impact/estimator.h"
#include "core/impact/replicacheck.h"

#include <QEventLoop>

#include <algorithm>
#include <cstdlib>
#include <thread>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr std::chrono::seconds analysisPatience{10};

std::expected<Target, Error> findTarget(StoreClient &store, const QString &name)
{
    return store.targets().and_then([&](const QList<Target> &targets) -> std::expected<Target, Error> {
        const auto found = std::ranges::find(targets, name, &Target::name);
        if (found == targets.cend())
            return std::unexpected(Error{Error::Code::Invalid, u"the store has no target '%1'"_s.arg(name),
                u"holdpointctl doctor names those that there are"_s});
        return *found;
    });
}

std::expected<AskedImpact, Error> ask(const Target &target, const QByteArray &sql, const std::stop_token &stop)
{
    auto replica = Connection::open(target.replica, u"impact"_s);
    if (!replica)
        return std::unexpected(replica.error());
    Estimator estimator(*replica);
    const auto catalog = estimator.check().and_then([&] { return readCatalog(*replica, target.name); });
    if (!catalog)
        return std::unexpected(catalog.error());
    AskedImpact asked{.assessment = analyseAndWait(analyzerProgram(), sql, analysisPatience, *catalog), .impact = {}};
    asked.impact = estimator.estimate(asked.assessment, stop);
    if (stop.stop_requested())
        return std::unexpected(Error{Error::Code::TimedOut, u"it was interrupted; nothing was run"_s});
    if (!asked.impact.error.isEmpty())
        return std::unexpected(Error{Error::Code::Failed, asked.impact.error});
    return asked;
}

/// The replica is asked on a thread of its own, so that an interrupt is heard meanwhile. A second one waits for nobody.
std::expected<AskedImpact, Error> askInterruptibly(const Target &target, const QByteArray &sql)
{
    std::stop_source stop;
    const Interrupt interrupt;
    QEventLoop loop;
    QObject::connect(&interrupt, &Interrupt::requested, &loop, [&stop] {
        if (!stop.request_stop())
            std::_Exit(ExitStatus::Error);
    });
    std::expected<AskedImpact, Error> asked;
    const std::jthread asking([&] {
        asked = ask(target, sql, stop.get_token());
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    loop.exec();
    return asked;
}

int print(const AskedImpact &asked, bool json)
{
    if (json)
        printJson(impactJson(asked));
    else
        printLine(describeImpact(asked, terminalColumns()));
    return hasUnknown(asked) ? ExitStatus::No : ExitStatus::Done;
}

} // namespace

int runImpact(const QStringList &arguments)
{
    CommandLine line(u"impact"_s,
        u"Asks a target's replica what SQL would change: how many rows, what foreign keys and triggers add, the first "
        "rows themselves. Runs nothing of it. As JSON, one object for each statement in a list; null is unknown. Exit "
        "status 1: something may change that has no figure; 2: nobody could be asked."_s);
    line.addOptionalArgument(u"file"_s, u"The SQL; without it, or as -, standard input is read."_s);
    line.addRequiredOption(u"target"_s, u"name"_s, u"Where it is to run, as in prod-eu."_s);
    line.addFormatOption();
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const auto sql = readSubmission(line.argument(0));
    if (!sql)
        return fail(sql.error());
    return withStore(line, [&](StoreClient &store) {
        return findTarget(store, line.value(u"target"_s))
            .and_then([&](const Target &target) { return askInterruptibly(target, *sql); })
            .transform([&](const AskedImpact &asked) { return print(asked, line.wantsJson()); });
    });
}

} // namespace holdpoint
