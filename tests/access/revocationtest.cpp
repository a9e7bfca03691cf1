// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/access/revocation.h"

#include "core/database/transaction.h"
#include "tests/access/targetfixture.h"

#include <QTest>

#include <future>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

struct Ended
{
    std::expected<void, Error> outcome;
    QList<ReceiptStep> steps;

    QString detail(const QString &step) const
    {
        for (const ReceiptStep &each : steps)
            if (each.step == step)
                return each.detail;
        return {};
    }
    QStringList names() const
    {
        QStringList names;
        for (const ReceiptStep &each : steps)
            names.append(each.done ? each.step : u"not "_s + each.step);
        return names;
    }
};

const QStringList allSteps{u"no-login"_s, u"grants"_s, u"sessions"_s, u"prepared"_s, u"sweeps"_s, u"proof"_s};

bool works(Connection &connection)
{
    return connection.run(u"SELECT 1"_s).has_value();
}

} // namespace

class RevocationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyStepIsReportedAndTheRoleIsLeftWithNothing();
    void itCanBeRepeated();
    void aRoleThatDoesNotExistHasNoAccess();
    void everySessionOfTheAgentEndsAndNobodyElses();
    void aSessionThatHidesWhileItSignsInEndsToo();
    void aLoginThatActedAsTheAgentIsEndedOnce();
    void anInterruptedRevocationStillKnowsWhoActedAsTheAgent();
    void aPreparedTransactionIsRolledBack();
    void aPreparedTransactionInAnotherDatabaseIsNoConfirmation();
    void whatOthersGrantedIsReportedAndNotHidden();
    void aProofThatCannotBeHadIsNoConfirmation();
    void aStepThatFailsDoesNotKeepTheLaterOnesFromBeingTried();
    void aTargetThatIsDownConfirmsNothing();

private:
    Ended end(const QString &agent);
    void addAgent(const QString &agent);
    qint64 hiddenSessions();

    std::unique_ptr<TargetFixture> m_target;
};

void RevocationTest::initTestCase()
{
    auto target = TargetFixture::create();
    QVERIFY2(target, target ? "" : qPrintable(target.error().text()));
    m_target = std::move(*target);
    Connection superuser = m_target->superuser();
    QVERIFY(superuser.runScript(
        u"CREATE TABLE orders (id int PRIMARY KEY); INSERT INTO orders VALUES (1), (2);"
        "CREATE ROLE app_rw; GRANT ALL ON orders TO app_rw; GRANT app_rw TO revoker WITH ADMIN TRUE"_s));
    QVERIFY(m_target->addLogin(u"maria"_s));
}

Ended RevocationTest::end(const QString &agent)
{
    Ended ended;
    ended.outcome =
        endAccess(m_target->conninfo(u"revoker"_s), agent, [&](const ReceiptStep &step) { ended.steps.append(step); });
    return ended;
}

void RevocationTest::addAgent(const QString &agent)
{
    const auto added = m_target->addAgent(agent);
    QVERIFY2(added, added ? "" : qPrintable(added.error().text()));
}

void RevocationTest::everyStepIsReportedAndTheRoleIsLeftWithNothing()
{
    addAgent(u"bot"_s);
    const Ended ended = end(u"bot"_s);
    QVERIFY2(ended.outcome, ended.outcome ? "" : qPrintable(ended.outcome.error().text()));
    QCOMPARE(ended.names(), allSteps);
    for (const ReceiptStep &step : ended.steps)
        QVERIFY(step.milliseconds > 0);
    QVERIFY(ended.detail(u"proof"_s).contains(u"not permitted to log in"_s));

    Connection superuser = m_target->superuser();
    const auto role =
        superuser.run(u"SELECT rolcanlogin, rolpassword IS NULL AS bare, rolvaliduntil = '-infinity' AS over "
                      "FROM pg_authid WHERE rolname = 'bot'"_s);
    QVERIFY(!role->first().flag(u"rolcanlogin"_s));
    QVERIFY(role->first().flag(u"bare"_s));
    QVERIFY(role->first().flag(u"over"_s));
    QVERIFY(superuser.run(u"SELECT FROM pg_auth_members WHERE member = 'bot'::regrole"_s)->isEmpty());
}

void RevocationTest::itCanBeRepeated()
{
    addAgent(u"bot"_s);
    QVERIFY(end(u"bot"_s).outcome);
    const Ended again = end(u"bot"_s);
    QVERIFY(again.outcome);
    QCOMPARE(again.names(), allSteps);
    QCOMPARE(again.detail(u"grants"_s), u"0 ended"_s);
}

void RevocationTest::aRoleThatDoesNotExistHasNoAccess()
{
    const Ended ended = end(u"nobody-of-that-name"_s);
    QVERIFY(ended.outcome);
    QCOMPARE(ended.names(), allSteps);
    for (const QString &step : allSteps)
        QCOMPARE(ended.detail(step), u"there is no such role"_s);
}

void RevocationTest::everySessionOfTheAgentEndsAndNobodyElses()
{
    addAgent(u"bot"_s);
    Connection superuser = m_target->superuser();
    Connection revoker = m_target->connect(u"revoker"_s);
    QVERIFY(revoker.runScript(u"GRANT app_rw TO bot WITH SET TRUE"_s));
    Connection idle = m_target->connect(u"bot"_s);
    Connection elsewhere = m_target->connect(u"bot"_s, u"postgres"_s);
    Connection inTransaction = m_target->connect(u"bot"_s);
    QVERIFY(inTransaction.runScript(u"BEGIN; SELECT * FROM orders"_s));
    Connection asAnother = m_target->connect(u"bot"_s);
    QVERIFY(asAnother.runScript(u"SET ROLE app_rw"_s));
    Connection teammate = m_target->connect(u"maria"_s);

    const Ended ended = end(u"bot"_s);
    QVERIFY2(ended.outcome, ended.outcome ? "" : qPrintable(ended.outcome.error().text()));
    QVERIFY2(ended.detail(u"sessions"_s).startsWith(u"4 ended: pid "_s), qPrintable(ended.detail(u"sessions"_s)));
    for (Connection *session : {&idle, &elsewhere, &inTransaction, &asAnother})
        QVERIFY(!works(*session));
    QVERIFY(works(teammate));
    QVERIFY(works(superuser));
    QVERIFY(works(revoker));
    const auto again = Connection::open(m_target->conninfo(u"bot"_s), u"test"_s);
    QVERIFY(!again);
    QCOMPARE(again.error().code, Error::Code::SignInRefused);
}

/// How many sessions there are that pg_stat_activity does not show.
qint64 RevocationTest::hiddenSessions()
{
    const auto rows = m_target->superuser().run(u"SELECT count(DISTINCT pid) AS n FROM pg_locks "
                                                "WHERE pid NOT IN (SELECT pid FROM pg_stat_activity)"_s);
    return rows->first().number(u"n"_s);
}

void RevocationTest::aSessionThatHidesWhileItSignsInEndsToo()
{
    addAgent(u"bot"_s);
    const auto openSlowly = [this](const QString &role) {
        return std::async(std::launch::async, [conninfo = m_target->conninfo(role)] {
            const auto slow = conninfo + u" options='-c post_auth_delay=2'"_s;
            auto connection = Connection::open(slow, u"test"_s);
            return connection && works(*connection);
        });
    };
    auto agent = openSlowly(u"bot"_s);
    auto teammate = openSlowly(u"maria"_s);
    QTRY_COMPARE(hiddenSessions(), 2);

    const Ended ended = end(u"bot"_s);
    QVERIFY2(ended.outcome, ended.outcome ? "" : qPrintable(ended.outcome.error().text()));
    QVERIFY2(ended.detail(u"sessions"_s).contains(u"hidden"_s), qPrintable(ended.detail(u"sessions"_s)));
    QVERIFY(!agent.get());
    QVERIFY(teammate.get());
}

void RevocationTest::aLoginThatActedAsTheAgentIsEndedOnce()
{
    addAgent(u"bot"_s);
    Connection revoker = m_target->connect(u"revoker"_s);
    QVERIFY(revoker.runScript(u"GRANT bot TO maria WITH SET TRUE"_s));
    Connection acting = m_target->connect(u"maria"_s);
    QVERIFY(acting.runScript(u"SET ROLE bot"_s));

    const Ended ended = end(u"bot"_s);
    QVERIFY2(ended.outcome, ended.outcome ? "" : qPrintable(ended.outcome.error().text()));
    QVERIFY(ended.detail(u"sessions"_s).contains(u"of maria"_s));
    QVERIFY(!works(acting));
    Connection later = m_target->connect(u"maria"_s);
    QVERIFY(!later.run(u"SET ROLE bot"_s));
    QVERIFY(end(u"bot"_s).outcome);
    QVERIFY(works(later));
}

void RevocationTest::anInterruptedRevocationStillKnowsWhoActedAsTheAgent()
{
    addAgent(u"bot"_s);
    Connection revoker = m_target->connect(u"revoker"_s);
    QVERIFY(revoker.runScript(u"GRANT bot TO maria WITH SET TRUE"_s));
    Connection acting = m_target->connect(u"maria"_s);
    QVERIFY(acting.runScript(u"SET ROLE bot"_s));
    // As far as the step `grants` gets before its executor is killed.
    QVERIFY(revoker.runScript(u"BEGIN; INSERT INTO holdpoint_target.former_member VALUES ('bot', 'maria');"
                              "REVOKE bot FROM maria; COMMIT"_s));

    Connection later = m_target->connect(u"maria"_s);

    QVERIFY(end(u"bot"_s).outcome);
    QVERIFY(!works(acting));
    QVERIFY(works(later));
    QVERIFY(revoker.run(u"SELECT FROM holdpoint_target.former_member"_s)->isEmpty());
}

void RevocationTest::aPreparedTransactionIsRolledBack()
{
    addAgent(u"bot"_s);
    Connection agent = m_target->connect(u"bot"_s);
    Connection superuser = m_target->superuser();
    QVERIFY(superuser.runScript(u"BEGIN; LOCK TABLE orders IN SHARE MODE; PREPARE TRANSACTION 'ours'"_s));
    const auto prepared =
        agent.runScript(u"SET default_transaction_read_only = off; BEGIN; SELECT pg_current_xact_id();"
                        "PREPARE TRANSACTION 'it''s \\ the bot''s'"_s);
    QVERIFY2(prepared, prepared ? "" : qPrintable(prepared.error().text()));

    const Ended ended = end(u"bot"_s);
    QVERIFY2(ended.outcome, ended.outcome ? "" : qPrintable(ended.outcome.error().text()));
    QCOMPARE(ended.detail(u"prepared"_s), u"1 rolled back"_s);
    const auto left = superuser.run(u"SELECT gid FROM pg_prepared_xacts"_s);
    QCOMPARE(left->size(), 1);
    QCOMPARE(left->first().text(u"gid"_s), u"ours"_s);
    QVERIFY(superuser.runScript(u"ROLLBACK PREPARED 'ours'"_s));
}

void RevocationTest::aPreparedTransactionInAnotherDatabaseIsNoConfirmation()
{
    addAgent(u"bot"_s);
    {
        Connection agent = m_target->connect(u"bot"_s, u"postgres"_s);
        QVERIFY(agent.runScript(u"SET default_transaction_read_only = off; BEGIN; SELECT pg_current_xact_id();"
                                "PREPARE TRANSACTION 'far'"_s));
    }
    const Ended ended = end(u"bot"_s);
    QVERIFY(!ended.outcome);
    QCOMPARE(ended.names(),
        (QStringList{u"no-login"_s, u"grants"_s, u"sessions"_s, u"not prepared"_s, u"not sweeps"_s, u"proof"_s}));
    QVERIFY2(ended.detail(u"prepared"_s).contains(u"postgres: far"_s), qPrintable(ended.detail(u"prepared"_s)));

    auto postgres = Connection::open(m_target->cluster().superuserConninfo(), u"test"_s);
    QVERIFY(postgres && postgres->runScript(u"ROLLBACK PREPARED 'far'"_s));
    const Ended again = end(u"bot"_s);
    QVERIFY2(again.outcome, again.outcome ? "" : qPrintable(again.outcome.error().text()));
    QCOMPARE(again.names(), allSteps);
}

void RevocationTest::whatOthersGrantedIsReportedAndNotHidden()
{
    addAgent(u"bot"_s);
    Connection superuser = m_target->superuser();
    QVERIFY(superuser.runScript(u"GRANT INSERT ON orders TO bot; GRANT app_rw TO bot"_s));
    const Ended ended = end(u"bot"_s);
    QVERIFY(ended.outcome);
    QVERIFY2(ended.detail(u"grants"_s).contains(u"rights on table orders"_s), qPrintable(ended.detail(u"grants"_s)));
    QVERIFY(ended.detail(u"grants"_s).contains(u"member of app_rw, granted by postgres"_s));
    QVERIFY(superuser.runScript(u"REVOKE ALL ON orders FROM bot; REVOKE app_rw FROM bot"_s));
}

void RevocationTest::aProofThatCannotBeHadIsNoConfirmation()
{
    addAgent(u"shut-out"_s);
    const Ended ended = end(u"shut-out"_s);
    QVERIFY(!ended.outcome);
    QVERIFY2(ended.outcome.error().message.contains(u"proved nothing"_s), qPrintable(ended.outcome.error().text()));
    QCOMPARE(ended.names(), allSteps.first(5) + QStringList{u"not proof"_s});
}

void RevocationTest::aStepThatFailsDoesNotKeepTheLaterOnesFromBeingTried()
{
    // Not made by addAgentRole: the revoker has no power over the role, and says so; its sessions end all the same.
    QVERIFY(m_target->addLogin(u"foreign"_s));
    Connection session = m_target->connect(u"foreign"_s);
    const Ended ended = end(u"foreign"_s);
    QVERIFY(!ended.outcome);
    QCOMPARE(ended.names(),
        (QStringList{u"not no-login"_s, u"grants"_s, u"sessions"_s, u"prepared"_s, u"sweeps"_s, u"not proof"_s}));
    QVERIFY(!works(session));
}

void RevocationTest::aTargetThatIsDownConfirmsNothing()
{
    addAgent(u"bot"_s);
    QVERIFY(m_target->cluster().stop(LocalCluster::StopMode::Fast));
    const Ended ended = end(u"bot"_s);
    QVERIFY(!ended.outcome);
    QCOMPARE(ended.outcome.error().code, Error::Code::Unreachable);
    QVERIFY(ended.steps.isEmpty());
    QVERIFY(m_target->cluster().start());
    QVERIFY(end(u"bot"_s).outcome);
}

QTEST_GUILESS_MAIN(RevocationTest)
#include "revocationtest.moc"
