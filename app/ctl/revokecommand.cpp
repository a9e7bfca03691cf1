// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commandline.h"
#include "app/ctl/commands.h"
#include "app/ctl/terminal.h"

#include <QDeadlineTimer>
#include <QSet>
#include <QThread>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int pollInterval = 100; // milliseconds

std::expected<Revocation, Error> find(StoreClient &store, qint64 id)
{
    const auto revocations = store.revocations();
    if (!revocations)
        return std::unexpected(revocations.error());
    for (const Revocation &revocation : *revocations)
        if (revocation.id == id)
            return revocation;
    return std::unexpected(Error{Error::Code::Failed, u"the store does not show revocation %1"_s.arg(id)});
}

void printReceipt(const Revocation &revocation, const Receipt &receipt)
{
    printLine(u"  %1  revoked after %2 ms"_s.arg(
        safeLine(receipt.place).leftJustified(16), spelled(revocation.requestedAt.msecsTo(receipt.confirmedAt))));
    for (const ReceiptStep &step : receipt.steps)
        printLine(u"    %1 %2 ms  %3"_s.arg(safeLine(step.step).leftJustified(14),
            QString::number(step.milliseconds, 'f', 1).rightJustified(8), safeLine(step.detail)));
}

void printOpen(const Receipt &receipt)
{
    const QString why = receipt.lastError.isEmpty() ? u"no executor has confirmed it"_s : safeLine(receipt.lastError);
    printLine(u"  %1  NOT revoked yet: %2"_s.arg(safeLine(receipt.place).leftJustified(16), why));
}

/// Prints each receipt as it comes, until all are there or the time is over.
std::expected<int, Error> awaitReceipts(StoreClient &store, qint64 id, qint64 seconds)
{
    const QDeadlineTimer deadline(seconds * 1000);
    QSet<QString> printed;
    for (;;) {
        const auto revocation = find(store, id);
        if (!revocation)
            return std::unexpected(revocation.error());
        const bool over = deadline.hasExpired();
        for (const Receipt &receipt : revocation->receipts) {
            if (receipt.confirmed && !printed.contains(receipt.place)) {
                printed.insert(receipt.place);
                printReceipt(*revocation, receipt);
            } else if (over && !receipt.confirmed) {
                printOpen(receipt);
            }
        }
        if (revocation->confirmed()) {
            printLine(u"revoked everywhere after %1 ms"_s.arg(spelled(revocation->milliseconds().value_or(0))));
            return ExitStatus::Done;
        }
        if (over) {
            printLine(
                u"NOT revoked everywhere yet; the executor keeps trying, and holdpointctl doctor says whether one runs"_s);
            return ExitStatus::No;
        }
        QThread::msleep(pollInterval);
    }
}

} // namespace

int runRevoke(const QStringList &arguments)
{
    CommandLine line(u"revoke"_s,
        u"Ends an agent's access: at once in the store, then on every target, and prints each receipt as it comes. "
        u"Exit "
        "status 1: not revoked everywhere yet."_s);
    line.addArgument(u"agent"_s, u"The agent's role."_s);
    line.addRequiredOption(u"reason"_s, u"text"_s, u"Why, for the record."_s);
    line.addOption(u"wait"_s, u"seconds"_s, u"How long to wait for the receipts."_s, u"60"_s);
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const auto seconds = CommandLine::number(line.value(u"wait"_s), u"time to wait"_s, 0);
    if (!seconds)
        return fail(seconds.error());
    return withStore(line, [&](StoreClient &store) {
        return store.revoke(line.argument(0), line.value(u"reason"_s)).and_then([&](qint64 id) {
            printLine(u"%1: the store refuses it from now on"_s.arg(safeLine(line.argument(0))));
            return awaitReceipts(store, id, qMin(*seconds, qint64(86'400)));
        });
    });
}

} // namespace holdpoint
