// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/confirmationphrase.h"
#include "core/store/setup.h"
#include "tests/store/storefixture.h"

#include <QtTest>

using namespace holdpoint;
using namespace Qt::StringLiterals;

class DecisionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void oneApprovalReleasesAWrite();
    void aCriticalActionNeedsASecondPerson();
    void theHighestLevelThatAnybodySawCounts();
    void thePolicyOfTheTargetSaysHowMany();
    void theSamePersonDoesNotCountTwice();
    void theOwnerOfTheAgentCannotDecide();
    void whoCanActAsTheAgentCannotDecide();
    void whoCanActAsTheOwnerCannotDecide();
    void anAgentCannotDecide();
    void aRejectionCarriesItsReasonBack();
    void requestedChangesLeadToANewRevision();
    void withoutAReasonNothingIsTurnedDown();
    void whoApprovedCanStillReject();
    void aNewTextVoidsTheApprovals();
    void anApprovalOfAnOldTextIsRefused();
    void anApprovalOfOtherBytesIsRefused();
    void whatIsDecidedStaysDecided();
    void anExpiredActionCannotBeReleased();
    void evidenceOfAnotherTargetIsRefused();
    void wrongWordsAreRefusedByTheStore_data();
    void wrongWordsAreRefusedByTheStore();
    void theFiguresBoundTheLevel_data();
    void theFiguresBoundTheLevel();
    void incompleteEvidenceIsRefused_data();
    void incompleteEvidenceIsRefused();
    void theSecondApproverCannotReadWhatTheFirstTyped();

private:
    std::expected<ActionState, Error> decide(const QString &who, const Decision &decision) const;
    Error refused(const QString &who, const Decision &decision) const;

    std::unique_ptr<StoreFixture> m_store;
    Action m_action;
};

void DecisionTest::initTestCase()
{
    m_store = StoreFixture::create();
    QVERIFY(m_store);
    m_store->renew();
}

void DecisionTest::init()
{
    m_store->tamper(u"DELETE FROM holdpoint.policy WHERE target <> '*'"_s);
    m_action = m_store->action(m_store->submit().action);
}

std::expected<ActionState, Error> DecisionTest::decide(const QString &who, const Decision &decision) const
{
    auto connection = m_store->connect(who);
    return StoreClient(connection).decide(decision);
}

/// The error of a decision that must change nothing; Error{} if it was accepted.
Error DecisionTest::refused(const QString &who, const Decision &decision) const
{
    const Action before = m_store->action(decision.action);
    const QString head = m_store->peek(u"SELECT sequence FROM holdpoint.ledger_head"_s);
    const auto done = decide(who, decision);
    const bool unchanged = m_store->action(decision.action) == before
        && m_store->peek(u"SELECT sequence FROM holdpoint.ledger_head"_s) == head;
    return done || !unchanged ? Error{} : done.error();
}

void DecisionTest::oneApprovalReleasesAWrite()
{
    QCOMPARE(decide(u"maria"_s, approval(m_action)).value(), ActionState::Released);
    const Action action = m_store->action(m_action.id);
    QCOMPARE(action.state, ActionState::Released);
    QCOMPARE(action.approvals.size(), 1);
    QCOMPARE(action.approvals[0].approver, u"maria"_s);
    QCOMPARE(action.approvals[0].level, RiskLevel::Write);
    QVERIFY(action.approvals[0].at.isValid());
}

void DecisionTest::aCriticalActionNeedsASecondPerson()
{
    QCOMPARE(decide(u"maria"_s, approval(m_action, RiskLevel::Critical)).value(), ActionState::Approved);
    QCOMPARE(decide(u"lena"_s, approval(m_action, RiskLevel::Critical)).value(), ActionState::Released);
}

void DecisionTest::theHighestLevelThatAnybodySawCounts()
{
    QCOMPARE(decide(u"maria"_s, approval(m_action, RiskLevel::Critical)).value(), ActionState::Approved);
    QCOMPARE(decide(u"lena"_s, approval(m_action, RiskLevel::Read)).value(), ActionState::Released);
    const Action other = m_store->action(m_store->submit().action);
    auto admin = m_store->superuser();
    QVERIFY(setPolicy(admin, {.target = u"prod-eu"_s, .level = RiskLevel::Read, .approvers = 2, .rowLimit = 100'000}));
    QVERIFY(setPolicy(admin, {.target = u"prod-eu"_s, .level = RiskLevel::Critical, .approvers = 3}));
    QCOMPARE(decide(u"maria"_s, approval(other, RiskLevel::Read)).value(), ActionState::Approved);
    QCOMPARE(decide(u"lena"_s, approval(other, RiskLevel::Critical)).value(), ActionState::Approved);
}

void DecisionTest::thePolicyOfTheTargetSaysHowMany()
{
    auto admin = m_store->superuser();
    QVERIFY(setPolicy(admin, {.target = u"prod-eu"_s, .level = RiskLevel::Write, .approvers = 2, .rowLimit = 100'000}));
    QCOMPARE(decide(u"maria"_s, approval(m_action)).value(), ActionState::Approved);
    auto bot = m_store->connect(u"bot"_s);
    const auto elsewhere = StoreClient(bot).submit(u"prod-us"_s, "DELETE FROM customers", {}, {});
    QCOMPARE(m_store->approve(u"maria"_s, elsewhere->action), ActionState::Released);
}

void DecisionTest::theSamePersonDoesNotCountTwice()
{
    m_store->approve(u"maria"_s, m_action.id, RiskLevel::Critical);
    QCOMPARE(refused(u"maria"_s, approval(m_action, RiskLevel::Critical)).code, Error::Code::Refused);
    QCOMPARE(m_store->action(m_action.id).state, ActionState::Approved);
}

void DecisionTest::theOwnerOfTheAgentCannotDecide()
{
    const Error error = refused(u"jonas"_s, approval(m_action));
    QCOMPARE(error.code, Error::Code::Refused);
    QVERIFY(error.message.contains(u"jonas owns the agent bot"_s));
    QCOMPARE(refused(u"jonas"_s, refusal(m_action, Verdict::Reject, u"no"_s)).code, Error::Code::Refused);
}

void DecisionTest::whoCanActAsTheAgentCannotDecide()
{
    m_store->tamper(u"CREATE ROLE detour; GRANT bot TO detour; GRANT detour TO lena"_s);
    const Error error = refused(u"lena"_s, approval(m_action));
    m_store->tamper(u"DROP ROLE detour"_s);
    QCOMPARE(error.code, Error::Code::Refused);
    QVERIFY(error.message.contains(u"can act as bot"_s));
    QCOMPARE(decide(u"lena"_s, approval(m_action)).value(), ActionState::Released);
}

void DecisionTest::whoCanActAsTheOwnerCannotDecide()
{
    m_store->tamper(u"GRANT jonas TO lena"_s);
    const Error error = refused(u"lena"_s, approval(m_action));
    m_store->tamper(u"REVOKE jonas FROM lena"_s);
    QCOMPARE(error.code, Error::Code::Refused);
}

void DecisionTest::anAgentCannotDecide()
{
    QCOMPARE(refused(u"etl"_s, approval(m_action)).code, Error::Code::Refused);
    auto connection = m_store->connect(u"maria"_s);
    m_store->tamper(u"GRANT maria TO etl"_s);
    auto etl = m_store->connect(u"etl"_s);
    QVERIFY(etl.run(u"SET ROLE maria"_s));
    const auto done = StoreClient(etl).decide(approval(m_action));
    m_store->tamper(u"REVOKE maria FROM etl"_s);
    QCOMPARE(done.error().code, Error::Code::Refused);
}

void DecisionTest::aRejectionCarriesItsReasonBack()
{
    const QString reason = u"these are real customers <b>"_s;
    QCOMPARE(decide(u"maria"_s, refusal(m_action, Verdict::Reject, reason)).value(), ActionState::Rejected);
    auto connection = m_store->connect(u"bot"_s);
    const Action seen = StoreClient(connection).myActions(1)->first();
    QCOMPARE(seen.state, ActionState::Rejected);
    QCOMPARE(seen.closingReason, reason);
    QCOMPARE(seen.decidedBy, u"maria"_s);
    QCOMPARE(StoreClient(connection).revise(m_action.id, "SELECT 1", {}).error().code, Error::Code::Conflict);
}

void DecisionTest::requestedChangesLeadToANewRevision()
{
    QCOMPARE(decide(u"maria"_s, refusal(m_action, Verdict::RequestChanges, u"add a WHERE"_s)).value(),
        ActionState::ChangesRequested);
    QCOMPARE(refused(u"maria"_s, approval(m_action)).code, Error::Code::Conflict);
    auto connection = m_store->connect(u"bot"_s);
    QCOMPARE(
        StoreClient(connection).revise(m_action.id, "DELETE FROM customers WHERE false", u"as asked"_s).value(), 2);
    const Action revised = m_store->action(m_action.id);
    QCOMPARE(revised.state, ActionState::Pending);
    QVERIFY(revised.closingReason.isEmpty());
    QCOMPARE(decide(u"maria"_s, approval(revised)).value(), ActionState::Released);
}

void DecisionTest::withoutAReasonNothingIsTurnedDown()
{
    QCOMPARE(refused(u"maria"_s, refusal(m_action, Verdict::Reject, {})).code, Error::Code::Invalid);
    QCOMPARE(
        refused(u"maria"_s, refusal(m_action, Verdict::RequestChanges, u" \n\u00A0"_s)).code, Error::Code::Invalid);
}

void DecisionTest::whoApprovedCanStillReject()
{
    m_store->approve(u"maria"_s, m_action.id, RiskLevel::Critical);
    QCOMPARE(decide(u"maria"_s, refusal(m_action, Verdict::Reject, u"I was wrong"_s)).value(), ActionState::Rejected);
}

void DecisionTest::aNewTextVoidsTheApprovals()
{
    m_store->approve(u"maria"_s, m_action.id, RiskLevel::Critical);
    auto connection = m_store->connect(u"bot"_s);
    QVERIFY(StoreClient(connection).revise(m_action.id, "DROP TABLE customers", u"simpler"_s));
    const Action revised = m_store->action(m_action.id);
    QCOMPARE(revised.state, ActionState::Pending);
    QVERIFY(revised.approvals.isEmpty());
    QCOMPARE(decide(u"lena"_s, approval(revised, RiskLevel::Critical)).value(), ActionState::Approved);
    QCOMPARE(decide(u"maria"_s, approval(revised, RiskLevel::Critical)).value(), ActionState::Released);
}

void DecisionTest::anApprovalOfAnOldTextIsRefused()
{
    auto connection = m_store->connect(u"bot"_s);
    QVERIFY(StoreClient(connection).revise(m_action.id, "DROP TABLE customers", u"simpler"_s));
    QCOMPARE(refused(u"maria"_s, approval(m_action)).code, Error::Code::Conflict);
    // Back to the very same bytes: still another revision.
    QVERIFY(StoreClient(connection).revise(m_action.id, m_action.sql, u"as before"_s));
    QCOMPARE(refused(u"maria"_s, approval(m_action)).code, Error::Code::Conflict);
}

void DecisionTest::anApprovalOfOtherBytesIsRefused()
{
    Decision other = approval(m_action);
    other.digest = QCryptographicHash::hash("DELETE FROM customers ", QCryptographicHash::Sha256);
    QCOMPARE(refused(u"maria"_s, other).code, Error::Code::Conflict);
    other.digest.clear();
    QCOMPARE(refused(u"maria"_s, other).code, Error::Code::Conflict);
    other = approval(m_action);
    other.revision = 2;
    QCOMPARE(refused(u"maria"_s, other).code, Error::Code::Conflict);
}

void DecisionTest::whatIsDecidedStaysDecided()
{
    m_store->approve(u"maria"_s, m_action.id);
    QCOMPARE(refused(u"lena"_s, approval(m_action)).code, Error::Code::Conflict);
    QCOMPARE(refused(u"lena"_s, refusal(m_action, Verdict::Reject, u"no"_s)).code, Error::Code::Conflict);
    Decision nothing = approval(m_action);
    nothing.action += 1000;
    auto connection = m_store->connect(u"maria"_s);
    QCOMPARE(StoreClient(connection).decide(nothing).error().code, Error::Code::Invalid);
}

void DecisionTest::anExpiredActionCannotBeReleased()
{
    m_store->tamper(u"UPDATE holdpoint.action SET expires_at = clock_timestamp() - interval '1 ms'"_s);
    m_action = m_store->action(m_action.id);
    QCOMPARE(refused(u"maria"_s, approval(m_action)).code, Error::Code::Conflict);
}

void DecisionTest::evidenceOfAnotherTargetIsRefused()
{
    Action elsewhere = m_action;
    elsewhere.target = u"prod-us"_s;
    QCOMPARE(refused(u"maria"_s, approval(elsewhere, RiskLevel::Critical)).code, Error::Code::Refused);
    QCOMPARE(refused(u"maria"_s, approval(elsewhere, RiskLevel::Read)).code, Error::Code::Refused);
}

void DecisionTest::wrongWordsAreRefusedByTheStore_data()
{
    QTest::addColumn<int>("level");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << int(RiskLevel::Read) << u""_s;
    QTest::newRow("another word") << int(RiskLevel::Read) << u"ok"_s;
    QTest::newRow("another count") << int(RiskLevel::Write) << u"delete 48211 customers"_s;
    QTest::newRow("stem left out") << int(RiskLevel::Destructive) << u"delete 48210 customers"_s;
    QTest::newRow("target left out") << int(RiskLevel::Critical) << u"YES, I UNDERSTAND: delete 48210 customers"_s;
    QTest::newRow("words behind") << int(RiskLevel::Write) << u"delete 48210 customers or so"_s;
}

void DecisionTest::wrongWordsAreRefusedByTheStore()
{
    QFETCH(int, level);
    QFETCH(QString, words);
    Decision decision = approval(m_action, RiskLevel(level));
    decision.words = words;
    QCOMPARE(refused(u"maria"_s, decision).code, Error::Code::Refused);
}

void DecisionTest::theFiguresBoundTheLevel_data()
{
    QTest::addColumn<int>("level");
    QTest::addColumn<std::optional<qint64>>("count");
    QTest::addColumn<std::optional<qint64>>("total");
    QTest::addColumn<bool>("accepted");
    using Rows = std::optional<qint64>;
    QTest::newRow("unknown count") << int(RiskLevel::Write) << Rows() << Rows(5) << false;
    QTest::newRow("unknown total") << int(RiskLevel::Write) << Rows(5) << Rows() << false;
    QTest::newRow("unknown, destructive") << int(RiskLevel::Destructive) << Rows() << Rows() << true;
    QTest::newRow("unknown, read") << int(RiskLevel::Read) << Rows() << Rows() << true;
    QTest::newRow("nothing to count") << int(RiskLevel::Write) << Rows() << Rows(0) << true;
    QTest::newRow("at the limit") << int(RiskLevel::Write) << Rows(5) << Rows(100'000) << true;
    QTest::newRow("over the limit") << int(RiskLevel::Write) << Rows(5) << Rows(100'001) << false;
    QTest::newRow("over the limit, read") << int(RiskLevel::Read) << Rows(5) << Rows(100'001) << false;
    QTest::newRow("over the limit, destructive") << int(RiskLevel::Destructive) << Rows(5) << Rows(100'001) << true;
}

void DecisionTest::theFiguresBoundTheLevel()
{
    QFETCH(int, level);
    QFETCH(std::optional<qint64>, count);
    QFETCH(std::optional<qint64>, total);
    QFETCH(bool, accepted);
    Decision decision = approval(m_action, RiskLevel(level));
    decision.evidence.count = count;
    decision.evidence.totalRows = total;
    decision.words = ConfirmationPhrase(decision.evidence).text();
    if (accepted)
        QCOMPARE(decide(u"maria"_s, decision).value(), ActionState::Released);
    else
        QCOMPARE(refused(u"maria"_s, decision).code, Error::Code::Invalid);
}

void DecisionTest::incompleteEvidenceIsRefused_data()
{
    QTest::addColumn<QString>("evidence");
    QTest::newRow("none") << u"{}"_s;
    QTest::newRow("no object") << u"[]"_s;
    QTest::newRow("null") << u"null"_s;
    QTest::newRow("unknown level")
        << uR"({"level":"none","verb":"x","count":1,"table":"t","target":"prod-eu","total_rows":1,"count_kind":"exact"})"_s;
    QTest::newRow("count is a text")
        << uR"({"level":"read","verb":"x","count":"many","table":"t","target":"prod-eu","total_rows":1,"count_kind":"exact"})"_s;
    QTest::newRow("no count")
        << uR"({"level":"read","verb":"x","table":"t","target":"prod-eu","total_rows":1,"count_kind":"exact"})"_s;
    QTest::newRow("negative total")
        << uR"({"level":"read","verb":"x","count":1,"table":"t","target":"prod-eu","total_rows":-1,"count_kind":"exact"})"_s;
}

void DecisionTest::incompleteEvidenceIsRefused()
{
    QFETCH(QString, evidence);
    auto connection = m_store->connect(u"maria"_s);
    const auto done = connection.run(u"SELECT holdpoint.decide(?, 1, ?::bytea, 'approve', ?::jsonb, 'release', '')"_s,
        {m_action.id, m_action.digest, evidence});
    QCOMPARE(done.error().code, Error::Code::Invalid);
    QCOMPARE(m_store->action(m_action.id), m_action);
}

void DecisionTest::theSecondApproverCannotReadWhatTheFirstTyped()
{
    m_store->renew();
    m_action = m_store->action(m_store->submit().action);
    m_store->approve(u"maria"_s, m_action.id, RiskLevel::Critical);
    auto connection = m_store->connect(u"lena"_s);
    QString everything;
    for (const QString &view : {u"actions"_s, u"ledger"_s, u"agents"_s, u"revocations"_s}) {
        const auto rows = connection.run(u"SELECT v::text AS line FROM holdpoint.%1 v"_s.arg(view));
        QVERIFY(rows);
        for (const Row &row : *rows)
            everything += row.text(u"line"_s);
    }
    QVERIFY(everything.contains(u"approved"_s));
    QVERIFY(!everything.contains(QRegularExpression(uR"(\b48210\b)"_s)));
    QVERIFY(!everything.contains(u"UNDERSTAND"_s));
    m_store->approve(u"lena"_s, m_action.id, RiskLevel::Critical);
    QVERIFY(m_store->peek(u"SELECT body FROM holdpoint.ledger WHERE event = 'released'"_s)
            .contains(u"YES, I UNDERSTAND: delete 48210 customers prod-eu"_s));
}

QTEST_GUILESS_MAIN(DecisionTest)
#include "decisiontest.moc"
