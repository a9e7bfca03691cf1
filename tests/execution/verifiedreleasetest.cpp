// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/verifiedrelease.h"

#include "core/execution/statementrules.h"
#include "tests/execution/releasemaker.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

const QByteArray text = "DELETE FROM orders WHERE id < 5";

/// What is true of the text until a case says otherwise.
Assessment honest()
{
    Assessment assessment = assessmentOf({text}, RiskLevel::Destructive, u"DELETE"_s);
    Effect effect;
    effect.verb = u"delete"_s;
    effect.table = u"orders"_s;
    effect.rowsSelect = u"SELECT 1"_s;
    assessment.statements[0].effects.append(effect);
    return assessment;
}

/// Changes every approval's evidence and has the words typed anew.
void approveAgain(ClaimedAction &claim, const std::function<void(Evidence &)> &change)
{
    for (SignedOff &approval : claim.approvals) {
        change(approval.evidence);
        approval.level = approval.evidence.level;
        approval.words = wordsFor(approval.evidence);
    }
}

ClaimedAction approved(RiskLevel level = RiskLevel::Destructive)
{
    ClaimedAction claim = claimOf(1, {text}, 1000, level);
    approveAgain(claim, [](Evidence &evidence) {
        evidence.verb = u"delete"_s;
        evidence.table = u"orders"_s;
    });
    return claim;
}

QString refusal(const ClaimedAction &claim, const Assessment &assessment = honest())
{
    const auto release =
        VerifiedRelease::verify(claim, recordOf(claim), [&](const QByteArray &) { return assessment; });
    return release ? QString() : release.error().message;
}

qint64 capOf(const ClaimedAction &claim, const Assessment &assessment = honest())
{
    const auto release =
        VerifiedRelease::verify(claim, recordOf(claim), [&](const QByteArray &) { return assessment; });
    return release ? release->rowCap() : -1;
}

} // namespace

class VerifiedReleaseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatFitsIsVerified();
    void otherBytesAreRefused();
    void anApprovalThatIsNotOnRecordIsRefused();
    void anApprovalThatWasChangedAfterwardsIsRefused();
    void tooFewPeopleAreRefused();
    void onePersonTwiceIsOnePerson();
    void agentAndOwnerApproveNothing();
    void anApprovalOfALowerLevelIsRefused();
    void wordsThatDoNotFitAreRefused();
    void wordsAboutSomethingElseAreRefused();
    void anApprovalForAnotherTargetIsRefused();
    void theHighestLevelDecidesHowManyPeople();
    void aLevelWithoutAPolicyIsRefused();
    void unparseableTextIsRefused();
    void statementsThatDoNotFitTheTextAreRefused();
    void theCapIsTheSmallestApproved();
    void anUnknownFigureLeavesTheRowLimit();
    void aMereWriteNeedsAKnownSizeWithinTheLimit();
    void whatOnlyReadsMayChangeNothing();
    void statementsThatNobodyRuns_data();
    void statementsThatNobodyRuns();
};

void VerifiedReleaseTest::whatFitsIsVerified()
{
    const ClaimedAction claim = approved();
    const auto release = VerifiedRelease::verify(claim, recordOf(claim), [](const QByteArray &) { return honest(); });
    QVERIFY2(release, release ? "" : qPrintable(release.error().text()));
    QCOMPARE(release->statements(), QList<QByteArray>{text});
    QCOMPARE(release->digest(), claim.digest);
    QCOMPARE(release->action(), 1);
}

void VerifiedReleaseTest::otherBytesAreRefused()
{
    ClaimedAction claim = approved();
    claim.sql.replace('5', '9');
    QVERIFY(refusal(claim).contains(u"SHA-256"_s));
    claim = approved();
    claim.digest[0] = static_cast<char>(claim.digest.at(0) ^ 1);
    QVERIFY(refusal(claim).contains(u"SHA-256"_s));
}

void VerifiedReleaseTest::anApprovalThatIsNotOnRecordIsRefused()
{
    const ClaimedAction claim = approved();
    const auto refusedWith = [&](const std::function<void(QList<LedgerEntry> &)> &change) {
        QList<LedgerEntry> record = recordOf(claim);
        change(record);
        const auto release = VerifiedRelease::verify(claim, record, [](const QByteArray &) { return honest(); });
        return !release && release.error().message.contains(u"the ledger knows no approval"_s);
    };
    QVERIFY(!refusedWith([](auto &) { }));
    QVERIFY(refusedWith([](auto &record) { record.removeLast(); }));
    QVERIFY(refusedWith([](auto &record) { record[0].body.replace(u"destructive"_s, u"critical"_s); }));
    QVERIFY(refusedWith([](auto &record) { record[0].hash[5] = static_cast<char>(record[0].hash.at(5) ^ 1); }));
    const auto rehashed = [](const std::function<void(LedgerEntry &)> &change) {
        return [change](QList<LedgerEntry> &record) {
            change(record[0]);
            record[0].hash = ledgerHash(record[0]);
        };
    };
    QVERIFY(refusedWith(rehashed([](LedgerEntry &entry) { entry.actor = u"lena"_s; })));
    QVERIFY(refusedWith(rehashed([](LedgerEntry &entry) { entry.revision = 2; })));
    QVERIFY(refusedWith(rehashed([](LedgerEntry &entry) { entry.action = 2; })));
    QVERIFY(refusedWith(rehashed([](LedgerEntry &entry) { entry.target = u"staging"_s; })));
    QVERIFY(refusedWith(rehashed([](LedgerEntry &entry) { entry.event = u"rejected"_s; })));
    QVERIFY(refusedWith(rehashed([](LedgerEntry &entry) { entry.body.replace(u"\": \""_s, u"\": \"0"_s); })));
}

void VerifiedReleaseTest::anApprovalThatWasChangedAfterwardsIsRefused()
{
    const auto refusedWith = [](const std::function<void(SignedOff &)> &change) {
        ClaimedAction claim = approved();
        const QList<LedgerEntry> record = recordOf(claim);
        change(claim.approvals[0]);
        const auto release = VerifiedRelease::verify(claim, record, [](const QByteArray &) { return honest(); });
        return !release && release.error().message.contains(u"the ledger knows no approval"_s);
    };
    QVERIFY(!refusedWith([](auto &) { }));
    QVERIFY(refusedWith([](auto &approval) { approval.evidence.totalRows = 900; }));
    QVERIFY(refusedWith([](auto &approval) { approval.evidence.count = 900; }));
    QVERIFY(refusedWith([](auto &approval) { approval.evidence.countKind = u"exact"_s; }));
    QVERIFY(refusedWith([](auto &approval) { approval.words += u' '; }));
    QVERIFY(refusedWith([](auto &approval) { approval.salt += 'x'; }));
}

void VerifiedReleaseTest::tooFewPeopleAreRefused()
{
    ClaimedAction claim = approved(RiskLevel::Critical);
    QCOMPARE(refusal(claim), QString());
    claim.approvals.removeLast();
    QVERIFY(refusal(claim).contains(u"critical wants 2 approvers, and there are 1"_s));
    claim = approved();
    claim.approvals.clear();
    QVERIFY(!refusal(claim).isEmpty());
    claim.policy[2].approvers = 0;
    QVERIFY(!refusal(claim).isEmpty());
}

void VerifiedReleaseTest::onePersonTwiceIsOnePerson()
{
    ClaimedAction claim = approved(RiskLevel::Critical);
    claim.approvals[1].approver = claim.approvals[0].approver;
    QVERIFY(refusal(claim).contains(u"there are 1"_s));
}

void VerifiedReleaseTest::agentAndOwnerApproveNothing()
{
    ClaimedAction claim = approved();
    claim.approvals[0].approver = u"bot"_s;
    QVERIFY(refusal(claim).contains(u"cannot approve"_s));
    claim.approvals[0].approver = u"jonas"_s;
    QVERIFY(refusal(claim).contains(u"cannot approve"_s));
}

void VerifiedReleaseTest::anApprovalOfALowerLevelIsRefused()
{
    QVERIFY(refusal(approved(RiskLevel::Write)).contains(u"approved it as write, but it is destructive"_s));
    ClaimedAction claim = approved();
    claim.approvals[0].level = RiskLevel::Critical;
    QVERIFY(refusal(claim).contains(u"two levels"_s));
}

void VerifiedReleaseTest::wordsThatDoNotFitAreRefused()
{
    ClaimedAction claim = approved();
    claim.approvals[0].words = u"delete unknown orders"_s;
    QVERIFY(refusal(claim).contains(u"words"_s));
    claim = approved();
    claim.approvals[0].evidence.count = 5;
    QVERIFY(refusal(claim).contains(u"words"_s));
}

void VerifiedReleaseTest::wordsAboutSomethingElseAreRefused()
{
    ClaimedAction claim = approved();
    approveAgain(claim, [](Evidence &evidence) { evidence.table = u"customers"_s; });
    QVERIFY(refusal(claim).contains(u"which the SQL does not do"_s));
    approveAgain(claim, [](Evidence &evidence) {
        evidence.table = u"orders"_s;
        evidence.verb = u"update"_s;
    });
    QVERIFY(refusal(claim).contains(u"which the SQL does not do"_s));

    // Without effects the kind of the statement is what the words name.
    Assessment grant = assessmentOf({text}, RiskLevel::Critical, u"GRANT"_s);
    claim = approved(RiskLevel::Critical);
    QVERIFY(refusal(claim, grant).contains(u"which the SQL does not do"_s));
    approveAgain(claim, [](Evidence &evidence) {
        evidence.verb = u"grant"_s;
        evidence.table = u"public.orders"_s;
    });
    QCOMPARE(refusal(claim, grant), QString());
}

void VerifiedReleaseTest::anApprovalForAnotherTargetIsRefused()
{
    ClaimedAction claim = approved();
    approveAgain(claim, [](Evidence &evidence) { evidence.target = u"staging"_s; });
    QVERIFY(refusal(claim).contains(u"for staging, not for prod-eu"_s));
}

void VerifiedReleaseTest::theHighestLevelDecidesHowManyPeople()
{
    // One of them saw on the replica that it is worse than its text.
    ClaimedAction claim = approved();
    claim.approvals.removeLast();
    QCOMPARE(refusal(claim), QString());
    approveAgain(claim, [](Evidence &evidence) { evidence.level = RiskLevel::Critical; });
    QVERIFY(refusal(claim).contains(u"wants 2 approvers"_s));
    claim = approved();
    claim.approvals.removeLast();
    claim.level = RiskLevel::Critical;
    QVERIFY(refusal(claim).contains(u"wants 2 approvers"_s));
}

void VerifiedReleaseTest::aLevelWithoutAPolicyIsRefused()
{
    ClaimedAction claim = approved();
    claim.policy.removeAt(2);
    QVERIFY(refusal(claim).contains(u"the policy says nothing"_s));
}

void VerifiedReleaseTest::unparseableTextIsRefused()
{
    Assessment assessment = honest();
    assessment.error = u"syntax error at byte 7"_s;
    QVERIFY(refusal(approved(), assessment).contains(u"cannot be parsed"_s));
    assessment = honest();
    assessment.statements.clear();
    QVERIFY(refusal(approved(), assessment).contains(u"no statement"_s));
    QVERIFY(!refusal(approved(RiskLevel::Critical), cannotBeAnalysed(text.size(), u"it died"_s)).isEmpty());
}

void VerifiedReleaseTest::statementsThatDoNotFitTheTextAreRefused()
{
    Assessment assessment = honest();
    assessment.statements[0].end = text.size() + 1;
    QVERIFY(refusal(approved(), assessment).contains(u"do not fit"_s));
    assessment = honest();
    assessment.statements.append(assessment.statements[0]);
    QVERIFY(refusal(approved(), assessment).contains(u"do not fit"_s));
}

void VerifiedReleaseTest::theCapIsTheSmallestApproved()
{
    ClaimedAction claim = approved();
    claim.approvals[0].evidence.totalRows = 100;
    claim.approvals[1].evidence.totalRows = 11;
    QCOMPARE(capOf(claim), 24); // ⌈11 × 1.2⌉ + 10
    claim.approvals[1].evidence.totalRows = 900;
    QCOMPARE(capOf(claim), 130);
    claim.approvals[0].evidence.totalRows = 900;
    QCOMPARE(capOf(claim), 1000);
    claim.approvals[0].evidence.totalRows = std::numeric_limits<qint64>::max();
    QCOMPARE(capOf(claim), 1000);
    claim.approvals[0].evidence.totalRows = -5;
    QCOMPARE(capOf(claim), -1);
}

void VerifiedReleaseTest::anUnknownFigureLeavesTheRowLimit()
{
    ClaimedAction claim = approved();
    QCOMPARE(capOf(claim), 1000);
    claim.approvals[1].evidence.totalRows = 0;
    QCOMPARE(capOf(claim), 10);
}

void VerifiedReleaseTest::aMereWriteNeedsAKnownSizeWithinTheLimit()
{
    Assessment write = honest();
    write.level = RiskLevel::Write;
    ClaimedAction claim = approved(RiskLevel::Write);
    QVERIFY(refusal(claim, write).contains(u"not knowing how many rows"_s));
    const auto withRows = [&](std::optional<qint64> count, std::optional<qint64> total) {
        approveAgain(claim, [&](Evidence &evidence) {
            evidence.count = count;
            evidence.totalRows = total;
        });
        return refusal(claim, write);
    };
    QVERIFY(withRows({}, 7).contains(u"not knowing how many rows"_s));
    QVERIFY(withRows(7, {}).contains(u"not knowing how many rows"_s));
    QVERIFY(withRows(7, 1001).contains(u"over the policy's limit of 1000"_s));
    QCOMPARE(withRows(7, 1000), QString());
}

void VerifiedReleaseTest::whatOnlyReadsMayChangeNothing()
{
    QCOMPARE(capOf(claimOf(1, {text}, 1000, RiskLevel::Read), assessmentOf({text}, RiskLevel::Read)), 0);
}

void VerifiedReleaseTest::statementsThatNobodyRuns_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("rule");
    const QStringList kinds{u"COMMIT"_s, u"ROLLBACK"_s, u"BEGIN"_s, u"SAVEPOINT"_s, u"PREPARE TRANSACTION"_s, u"SET"_s,
        u"RESET"_s, u"DISCARD"_s, u"COPY"_s, u"PREPARE"_s, u"EXECUTE"_s, u"LISTEN"_s, u"VACUUM"_s, u"CREATE DATABASE"_s,
        u"ALTER SYSTEM"_s, u"CREATE ROLE"_s, u"ALTER ROLE"_s, u"DROP ROLE"_s, u"LOAD"_s, u"CREATE EXTENSION"_s,
        u"CREATE SERVER"_s, u"UNPARSEABLE"_s, u"UNKNOWN"_s, u"SomethingNewStmt"_s};
    for (const QString &kind : kinds)
        QTest::newRow(qPrintable(kind)) << kind << QByteArray("SELECT 1") << QString();
    for (const QString &rule : {u"transaction-escape"_s, u"set-role"_s, u"remote-sql"_s, u"copy-program"_s,
             u"guard-setting"_s, u"approval-tamper"_s, u"cannot-be-analysed"_s})
        QTest::newRow(qPrintable(rule)) << u"SELECT"_s << QByteArray("SELECT 1") << rule;
    QTest::newRow("the marker") << u"DELETE"_s << QByteArray("DELETE FROM Holdpoint_Target.applied") << QString();
    QTest::newRow("the marker in a string") << u"DO"_s << QByteArray("DO 'holdpoint_target'") << QString();
    QTest::newRow("concurrently") << u"CREATE INDEX"_s << QByteArray("CREATE INDEX concurrently i ON t (a)")
                                  << QString();
    QTest::newRow("detach") << u"ALTER TABLE"_s << QByteArray("ALTER TABLE a DETACH PARTITION b\nCONCURRENTLY")
                            << QString();
}

void VerifiedReleaseTest::statementsThatNobodyRuns()
{
    QFETCH(QString, kind);
    QFETCH(QByteArray, sql);
    QFETCH(QString, rule);
    Statement statement;
    statement.kind = kind;
    if (!rule.isEmpty())
        statement.findings.append({rule, RiskLevel::Critical, 0, 1, u"because"_s, {}});
    QVERIFY(!whyNeverRun(statement, sql, RiskLevel::Critical).isEmpty());
    statement.findings.clear();
    statement.kind = u"SELECT"_s;
    QVERIFY(whyNeverRun(statement, "SELECT 1", RiskLevel::Read).isEmpty());
    statement.kind = u"DO"_s;
    QVERIFY(!whyNeverRun(statement, "DO ''", RiskLevel::Destructive).isEmpty());
    QVERIFY(whyNeverRun(statement, "DO ''", RiskLevel::Critical).isEmpty());
}

QTEST_GUILESS_MAIN(VerifiedReleaseTest)
#include "verifiedreleasetest.moc"
