// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commandline.h"
#include "app/ctl/commands.h"
#include "app/ctl/terminal.h"
#include "core/store/ledgerverification.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qint64 mostEntries = 10'000;

QJsonObject toJson(const LedgerEntry &entry)
{
    return {{u"sequence"_s, entry.sequence}, {u"at"_s, entry.at.toString(Qt::ISODateWithMs)}, {u"actor"_s, entry.actor},
        {u"event"_s, entry.event}, {u"action"_s, entry.action ? QJsonValue(entry.action) : QJsonValue()},
        {u"revision"_s, entry.revision}, {u"target"_s, entry.target}, {u"agent"_s, entry.agent},
        {u"body"_s, QJsonDocument::fromJson(entry.body.toUtf8()).object()},
        {u"hash"_s, QString::fromLatin1(entry.hash.toHex())}};
}

void printEntry(const LedgerEntry &entry)
{
    const QString about = entry.action ? u"action %1, revision %2"_s.arg(entry.action).arg(entry.revision) : QString();
    printLine(u"%1  %2  %3  %4  %5  %6"_s.arg(QString::number(entry.sequence).rightJustified(8),
        entry.at.toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s), safeLine(entry.event).leftJustified(18),
        safeLine(entry.actor).leftJustified(16), safeLine(entry.agent).leftJustified(16), about));
}

/// A head as `SEQUENCE:HASH`, which is how verify prints one.
std::expected<LedgerHead, Error> readHead(const QString &text)
{
    constexpr qsizetype hashSize = 32;
    const QStringList parts = text.split(u':');
    bool isNumber = false;
    const qint64 sequence = parts.first().toLongLong(&isNumber);
    const QByteArray hash = QByteArray::fromHex(parts.value(1).toLatin1());
    if (parts.size() != 2 || !isNumber || sequence < 1 || hash.size() != hashSize)
        return std::unexpected(Error{Error::Code::Invalid, u"'%1' is no head of a record"_s.arg(text),
            u"give the number and the hash that an earlier verify printed, as in 12:ab34…"_s});
    LedgerHead head;
    head.sequence = sequence;
    head.hash = hash;
    return head;
}

std::expected<int, Error> report(const std::expected<LedgerHead, LedgerFault> &verified, bool json)
{
    if (!verified && verified.error().unreadable)
        return std::unexpected(*verified.error().unreadable);
    if (!verified) {
        const LedgerFault &fault = verified.error();
        if (json)
            printJson(QJsonObject{{u"holds"_s, false}, {u"sequence"_s, fault.sequence}, {u"why"_s, fault.why}});
        else
            printLine(u"the record does NOT hold at entry %1: %2"_s.arg(fault.sequence).arg(safeLine(fault.why)));
        return ExitStatus::No;
    }
    const QString hash = QString::fromLatin1(verified->hash.toHex());
    if (json)
        printJson(QJsonObject{{u"holds"_s, true}, {u"sequence"_s, verified->sequence}, {u"hash"_s, hash}});
    else
        printLine(u"the record holds: %1 entries, head %2:%3"_s.arg(
            spelled(verified->sequence), QString::number(verified->sequence), hash));
    return ExitStatus::Done;
}

} // namespace

int runHistory(const QStringList &arguments)
{
    CommandLine line(u"history"_s, u"Prints the record, newest first."_s);
    line.addOption(u"limit"_s, u"number"_s, u"How many entries, at most 10,000."_s, u"20"_s);
    line.addOption(u"before"_s, u"sequence"_s, u"Only entries older than this one."_s);
    line.addFormatOption();
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const auto limit = CommandLine::number(line.value(u"limit"_s), u"limit"_s);
    const auto before = line.isSet(u"before"_s) ? CommandLine::number(line.value(u"before"_s), u"sequence"_s)
                                                : std::numeric_limits<qint64>::max();
    if (!limit || !before)
        return fail(limit ? before.error() : limit.error());
    return withStore(line, [&](StoreClient &store) {
        return store.ledgerBefore(*before, static_cast<int>(qMin(*limit, mostEntries)))
            .transform([&](const QList<LedgerEntry> &entries) {
                QJsonArray list;
                for (const LedgerEntry &entry : entries) {
                    list.append(toJson(entry));
                    if (!line.wantsJson())
                        printEntry(entry);
                }
                if (line.wantsJson())
                    printJson(list);
                return ExitStatus::Done;
            });
    });
}

int runVerify(const QStringList &arguments)
{
    CommandLine line(u"verify"_s,
        u"Recomputes the record's chain of hashes. Exit status 1: it does not hold. Keep the head that it prints "
        "outside the store: given back with --head, it shows a record that was rewritten or shortened since."_s);
    line.addOption(u"head"_s, u"sequence:hash"_s, u"A head from an earlier run, which the record must contain."_s);
    line.addFormatOption();
    line.addStoreOption();
    if (const auto status = line.parse(arguments))
        return *status;
    const auto seen = line.isSet(u"head"_s) ? readHead(line.value(u"head"_s)) : LedgerHead{};
    if (!seen)
        return fail(seen.error());
    return withStore(line, [&](StoreClient &store) { return report(verifyLedger(store, *seen), line.wantsJson()); });
}

} // namespace holdpoint
