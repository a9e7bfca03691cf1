// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/executorstore.h"
#include "core/store/ledgerverification.h"
#include "tests/store/storefixture.h"

#include <QtTest>

#include <atomic>
#include <thread>

using namespace holdpoint;
using namespace Qt::StringLiterals;

class LedgerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void everyEventOfALifeIsOnRecord();
    void theChainHoldsOverManyPages();
    void simultaneousSubmissionsMakeOneChain();
    void aForgedLineIsFound_data();
    void aForgedLineIsFound();
    void aRewrittenRecordIsFoundByWhoSawTheOldOne();
    void aShortenedRecordIsFoundByWhoSawTheOldOne();
    void whatWasTypedIsSealedInTheApproval();
    void pagesGoBothWays();
    void anUnreachableStoreProvesNothing();

private:
    std::expected<LedgerHead, LedgerFault> verify(const LedgerHead &seen = {}) const;
    void forge(const QString &sql) const;

    std::unique_ptr<StoreFixture> m_store;
};

namespace {

// What somebody with full power over the store can do so that the chain looks whole again.
constexpr auto rehash = R"(
DO $$ DECLARE e holdpoint.ledger_entry; before bytea := decode(repeat('00', 32), 'hex'); place bigint := 0; BEGIN
  FOR e IN SELECT * FROM holdpoint.ledger_entry ORDER BY sequence LOOP
    e.previous_hash := before; e.sequence := place + 1;
    before := holdpoint.ledger_hash(e); place := e.sequence;
    UPDATE holdpoint.ledger_entry SET previous_hash = e.previous_hash, hash = before WHERE sequence = e.sequence;
  END LOOP;
  UPDATE holdpoint.ledger_head SET sequence = place, hash = before; END $$;
)"_L1;

} // namespace

void LedgerTest::initTestCase()
{
    m_store = StoreFixture::create();
    QVERIFY(m_store);
}

void LedgerTest::init()
{
    m_store->renew();
}

std::expected<LedgerHead, LedgerFault> LedgerTest::verify(const LedgerHead &seen) const
{
    auto connection = m_store->connect(u"vera"_s);
    StoreClient client(connection);
    return verifyLedger(client, seen);
}

void LedgerTest::forge(const QString &sql) const
{
    m_store->tamper(u"SET session_replication_role = replica;"_s + sql);
}

void LedgerTest::everyEventOfALifeIsOnRecord()
{
    const Submitted submitted = m_store->submit();
    auto botConnection = m_store->connect(u"bot"_s);
    QVERIFY(StoreClient(botConnection).revise(submitted.action, "DELETE FROM customers WHERE false", {}));
    m_store->approve(u"maria"_s, submitted.action);
    auto connection = m_store->connect(u"runner"_s);
    ExecutorStore executor(connection, u"one"_s);
    QVERIFY(executor.claim(everyTarget));
    QVERIFY(executor.finish(submitted.action, 2, {.outcome = ActionState::Executed, .rowsChanged = 0}));
    auto reader = m_store->connect(u"vera"_s);
    QStringList events;
    const auto entries = StoreClient(reader).ledgerSince(0, 1000);
    for (const LedgerEntry &entry : *entries)
        if (entry.action == submitted.action)
            events.append(entry.actor + u' ' + entry.event);
    QCOMPARE(events,
        (QStringList{u"bot submitted"_s, u"bot revised"_s, u"maria approved"_s, u"maria released"_s,
            u"runner claimed"_s, u"runner executed"_s}));
    QCOMPARE(m_store->action(submitted.action).changeNumber, entries->last().sequence);
    QVERIFY(verify());
}

void LedgerTest::theChainHoldsOverManyPages()
{
    m_store->tamper(
        u"SELECT holdpoint.enter_ledger('test', jsonb_build_object('text', 'ä\\' || n)) FROM generate_series(1, 2500) n"_s);
    const auto head = verify();
    QVERIFY2(head, head ? "" : qUtf8Printable(head.error().why));
    QVERIFY(head->sequence > 2500);
}

void LedgerTest::simultaneousSubmissionsMakeOneChain()
{
    constexpr int threadCount = 6;
    constexpr int each = 20;
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < threadCount; ++i)
        threads.emplace_back([this, i, &failures] {
            auto connection = m_store->connect(i % 2 ? u"bot"_s : u"etl"_s);
            for (int n = 0; n < each; ++n)
                failures += !StoreClient(connection).submit(u"prod-eu"_s, "SELECT 1", {}, {});
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(failures.load(), 0);
    const auto head = verify();
    QVERIFY2(head, head ? "" : qUtf8Printable(head.error().why));
    QCOMPARE(m_store->peek(u"SELECT count(*) FROM holdpoint.ledger WHERE event = 'submitted'"_s).toInt(),
        threadCount * each);
    QCOMPARE(
        m_store->peek(u"SELECT count(DISTINCT change_number) FROM holdpoint.actions"_s).toInt(), threadCount * each);
}

void LedgerTest::aForgedLineIsFound_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<qint64>("sequence");
    QTest::newRow("body") << u"UPDATE holdpoint.ledger_entry SET body = '{}' WHERE sequence = 3"_s << 3LL;
    QTest::newRow("actor") << u"UPDATE holdpoint.ledger_entry SET actor = 'maria' WHERE sequence = 3"_s << 3LL;
    QTest::newRow("time") << u"UPDATE holdpoint.ledger_entry SET at = at + interval '1 ms' WHERE sequence = 3"_s << 3LL;
    QTest::newRow("deleted") << u"DELETE FROM holdpoint.ledger_entry WHERE sequence = 3"_s << 3LL;
    QTest::newRow("newest deleted")
        << u"DELETE FROM holdpoint.ledger_entry WHERE sequence = (SELECT sequence FROM holdpoint.ledger_head)"_s
        << -1LL;
    QTest::newRow("swapped") << u"UPDATE holdpoint.ledger_entry SET sequence = 1000 WHERE sequence = 3;"
                                "UPDATE holdpoint.ledger_entry SET sequence = 3 WHERE sequence = 4;"
                                "UPDATE holdpoint.ledger_entry SET sequence = 4 WHERE sequence = 1000"_s
                             << 3LL;
    QTest::newRow("hash made to fit")
        << u"UPDATE holdpoint.ledger_entry SET body = '{}' WHERE sequence = 3;"
           "UPDATE holdpoint.ledger_entry e SET hash = holdpoint.ledger_hash(e) WHERE sequence = 3"_s
        << 4LL;
}

void LedgerTest::aForgedLineIsFound()
{
    QFETCH(QString, sql);
    QFETCH(qint64, sequence);
    const LedgerHead before = verify().value();
    forge(sql);
    const auto fault = verify();
    QVERIFY(!fault);
    QVERIFY(!fault.error().unreadable);
    QCOMPARE(fault.error().sequence, sequence < 0 ? before.sequence : sequence);
}

void LedgerTest::aRewrittenRecordIsFoundByWhoSawTheOldOne()
{
    m_store->submit();
    const LedgerHead seen = verify().value();
    m_store->submit();
    QVERIFY(verify(seen));
    forge(u"UPDATE holdpoint.ledger_entry SET actor = 'nobody' WHERE sequence = 3;"_s + rehash);
    QVERIFY(verify());
    const auto fault = verify(seen);
    QVERIFY(!fault);
    QCOMPARE(fault.error().sequence, seen.sequence);
}

void LedgerTest::aShortenedRecordIsFoundByWhoSawTheOldOne()
{
    m_store->submit();
    const LedgerHead seen = verify().value();
    forge(u"DELETE FROM holdpoint.ledger_entry WHERE sequence = (SELECT sequence FROM holdpoint.ledger_head);"_s
        + rehash);
    QVERIFY(verify());
    const auto fault = verify(seen);
    QVERIFY(!fault);
    QCOMPARE(fault.error().sequence, seen.sequence);
}

void LedgerTest::whatWasTypedIsSealedInTheApproval()
{
    m_store->released();
    const QString matches =
        u"SELECT a.body::jsonb ->> 'seal' = encode(sha256(decode(p ->> 'salt', 'hex') || convert_to("
        " octet_length(p ->> 'words') || ':' || (p ->> 'words') ||"
        " octet_length((p -> 'evidence')::text) || ':' || (p -> 'evidence')::text, 'UTF8')), 'hex')"
        " FROM holdpoint.ledger a, holdpoint.ledger r, jsonb_array_elements(r.body::jsonb -> 'approvals') p"
        " WHERE a.event = 'approved' AND r.event = 'released'"_s;
    QCOMPARE(m_store->peek(matches), u"true"_s);
}

void LedgerTest::pagesGoBothWays()
{
    m_store->submit();
    auto connection = m_store->connect(u"vera"_s);
    StoreClient client(connection);
    const LedgerHead head = client.ledgerHead().value();
    const auto newest = client.ledgerBefore(head.sequence + 1, 2);
    QCOMPARE(newest->size(), 2);
    QCOMPARE(newest->at(0).sequence, head.sequence);
    QCOMPARE(newest->at(0).hash, head.hash);
    QCOMPARE(newest->at(1).sequence, head.sequence - 1);
    const auto oldest = client.ledgerSince(0, 2);
    QCOMPARE(oldest->at(0).sequence, 1);
    QCOMPARE(oldest->at(1).sequence, 2);
}

void LedgerTest::anUnreachableStoreProvesNothing()
{
    auto connection = m_store->connect(u"vera"_s);
    StoreClient client(connection);
    m_store->tamper(u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'vera'"_s);
    const auto fault = verifyLedger(client);
    QVERIFY(!fault);
    QVERIFY(fault.error().unreadable);
}

QTEST_GUILESS_MAIN(LedgerTest)
#include "ledgertest.moc"
