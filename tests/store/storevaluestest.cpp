// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/actionstate.h"
#include "core/store/decision.h"
#include "core/store/ledgerverification.h"
#include "core/store/receipt.h"

#include <QtTest>

using namespace holdpoint;
using namespace Qt::StringLiterals;

namespace {

Evidence evidence()
{
    return {.level = RiskLevel::Destructive,
        .verb = u"delete"_s,
        .count = 9'007'199'254'740'993, // one more than a double can hold
        .table = u"\"x y\""_s,
        .target = u"prod-eu"_s,
        .totalRows = std::nullopt,
        .countKind = u"estimate"_s};
}

QDateTime instant(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::UTC);
}

LedgerEntry entryAfter(const LedgerHead &head)
{
    LedgerEntry entry{.sequence = head.sequence + 1,
        .at = instant(1'800'000'000'123),
        .actor = u"bot"_s,
        .event = u"submitted"_s,
        .action = 7,
        .revision = 2,
        .target = u"prod-eu"_s,
        .agent = u"bot"_s,
        .body = u"{\"title\": \"Größe\"}"_s,
        .previousHash = head.hash,
        .hash = {}};
    entry.hash = ledgerHash(entry);
    return entry;
}

} // namespace

class StoreValuesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyStateHasAWordOfItsOwn();
    void evidenceSurvivesJson();
    void doubtfulEvidenceIsNone_data();
    void doubtfulEvidenceIsNone();
    void aRevocationIsConfirmedOnlyWhenEveryPlaceIs();
    void theLedgersHashIsTheOneOfTheReadme();
    void everyFieldOfAnEntryIsInItsHash();
    void aChainIsFollowedFromAnyHead();
    void aGapInTheChainIsNamed();
};

void StoreValuesTest::everyStateHasAWordOfItsOwn()
{
    QSet<QString> words;
    for (int i = 0; i <= int(ActionState::Revoked); ++i) {
        const auto state = ActionState(i);
        QCOMPARE(actionStateFromWord(toWord(state)), std::optional(state));
        words.insert(toWord(state));
    }
    QCOMPARE(words.size(), qsizetype(ActionState::Revoked) + 1);
    QCOMPARE(toText(ActionState::ChangesRequested), u"changes requested"_s);
    QVERIFY(!actionStateFromWord(u"Pending"));
}

void StoreValuesTest::evidenceSurvivesJson()
{
    QCOMPARE(evidenceFromJson(toJson(evidence())), std::optional(evidence()));
    const QByteArray bytes = QJsonDocument(toJson(evidence())).toJson();
    QCOMPARE(evidenceFromJson(QJsonDocument::fromJson(bytes).object()), std::optional(evidence()));
}

void StoreValuesTest::doubtfulEvidenceIsNone_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    for (const auto &key : {"level", "verb", "count", "table", "target", "total_rows", "count_kind"})
        QTest::addRow("%s missing", key) << QString::fromLatin1(key) << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("unknown level") << u"level"_s << QJsonValue(u"harmless"_s);
    QTest::newRow("negative count") << u"count"_s << QJsonValue(-1);
    QTest::newRow("half a row") << u"count"_s << QJsonValue(0.5);
    QTest::newRow("count as text") << u"count"_s << QJsonValue(u"3"_s);
    QTest::newRow("number for a table") << u"table"_s << QJsonValue(3);
}

void StoreValuesTest::doubtfulEvidenceIsNone()
{
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QJsonObject json = toJson(evidence());
    json.insert(key, value);
    QVERIFY(!evidenceFromJson(json));
}

void StoreValuesTest::aRevocationIsConfirmedOnlyWhenEveryPlaceIs()
{
    Revocation revocation;
    revocation.requestedAt = instant(1000);
    QVERIFY(!revocation.confirmed());
    revocation.receipts.append(
        {.place = u"store"_s, .confirmed = true, .confirmedAt = instant(1004), .lastError = {}, .steps = {}});
    revocation.receipts.append({.place = u"prod-eu"_s, .confirmedAt = {}, .lastError = {}, .steps = {}});
    QVERIFY(!revocation.confirmed());
    QVERIFY(!revocation.milliseconds());
    revocation.receipts.last().confirmed = true;
    revocation.receipts.last().confirmedAt = instant(1250);
    QCOMPARE(revocation.milliseconds(), std::optional<qint64>(250));
}

void StoreValuesTest::theLedgersHashIsTheOneOfTheReadme()
{
    const QByteArray canonical = QByteArray(32, '\0')
        + "1:1"
          "13:1800000000123"
          "3:bot"
          "9:submitted"
          "1:7"
          "1:2"
          "7:prod-eu"
          "3:bot"
          "20:{\"title\": \"Gr\xC3\xB6\xC3\x9F"
          "e\"}";
    QCOMPARE(entryAfter({}).hash, QCryptographicHash::hash(canonical, QCryptographicHash::Sha256));
}

void StoreValuesTest::everyFieldOfAnEntryIsInItsHash()
{
    const LedgerEntry entry = entryAfter({});
    QList<LedgerEntry> changed(10, entry);
    changed[0].sequence = 2;
    changed[1].at = entry.at.addMSecs(1);
    changed[2].actor = u"maria"_s;
    changed[3].event = u"revised"_s;
    changed[4].action = 8;
    changed[5].revision = 3;
    changed[6].target = u"prod-us"_s;
    changed[7].agent = u"etl"_s;
    changed[8].body = u"{}"_s;
    changed[9].previousHash = QByteArray(32, '1');
    // Moving a letter from one field to the next must not go unnoticed either.
    LedgerEntry moved = entry;
    moved.actor = u"bo"_s;
    moved.event = u"tsubmitted"_s;
    changed.append(moved);
    for (const LedgerEntry &other : changed)
        QVERIFY(ledgerHash(other) != entry.hash);
}

void StoreValuesTest::aChainIsFollowedFromAnyHead()
{
    const LedgerEntry first = entryAfter({});
    const LedgerHead afterFirst{first.sequence, first.hash};
    const LedgerEntry second = entryAfter(afterFirst);
    QCOMPARE(verifyEntries({}, {first, second})->hash, second.hash);
    QCOMPARE(verifyEntries(afterFirst, {second})->sequence, 2);
    QCOMPARE(verifyEntries(afterFirst, {})->hash, afterFirst.hash);
}

void StoreValuesTest::aGapInTheChainIsNamed()
{
    const LedgerEntry first = entryAfter({});
    const LedgerEntry second = entryAfter({first.sequence, first.hash});
    const LedgerEntry third = entryAfter({second.sequence, second.hash});
    QCOMPARE(verifyEntries({}, {first, third}).error().sequence, 2);
    LedgerEntry edited = second;
    edited.body = u"{}"_s;
    QCOMPARE(verifyEntries({}, {first, edited, third}).error().sequence, 2);
    edited.hash = ledgerHash(edited);
    QCOMPARE(verifyEntries({}, {first, edited, third}).error().sequence, 3);
}

QTEST_APPLESS_MAIN(StoreValuesTest)
#include "storevaluestest.moc"
