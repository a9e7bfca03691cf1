// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/storeclient.h"
#include "tests/execution/executionworld.h"

#include <QElapsedTimer>
#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

bool works(Connection &connection)
{
    return connection.run(u"SELECT 1"_s).has_value();
}

QStringList doneSteps(const Receipt &receipt)
{
    QStringList names;
    for (const ReceiptStep &step : receipt.steps)
        if (step.done)
            names.append(step.step);
    return names;
}

/// A server of this host that takes connections and says nothing.
class Hole
{
public:
    Hole()
    {
        sockaddr_in any{};
        any.sin_family = AF_INET;
        any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof any;
        auto *const address = reinterpret_cast<sockaddr *>(&any);
        if (::bind(m_socket, address, size) != 0 || ::listen(m_socket, 16) != 0
            || ::getsockname(m_socket, address, &size) != 0)
            qFatal("no socket to listen on");
        m_port = ntohs(any.sin_port);
    }
    ~Hole() { ::close(m_socket); }
    Q_DISABLE_COPY_MOVE(Hole)

    quint16 port() const { return m_port; }

private:
    int m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    quint16 m_port = 0;
};

const QStringList allSteps{u"no-login"_s, u"grants"_s, u"sessions"_s, u"prepared"_s, u"sweeps"_s, u"proof"_s};

} // namespace

class RevokingExecutorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_world = ExecutionWorld::create(); }
    void cleanup();

    void anExecutorThatIsBusyIsAlive();
    void theSwitchEndsTheAgentAndLeavesTheTeamAlone();
    void aLongStatementDoesNotDelayTheSwitch();
    void aTargetThatIsDownIsNotConfirmedUntilItIsBack();
    void aTargetThatSaysNothingDelaysNoOther();

private:
    bool isAlive() const;

    std::unique_ptr<ExecutionWorld> m_world;
    QList<QProcess *> m_running;
};

void RevokingExecutorTest::cleanup()
{
    for (QProcess *executor : std::as_const(m_running))
        m_world->kill(executor);
    m_running.clear();
    QVERIFY(m_world->world().primary().start());
}

bool RevokingExecutorTest::isAlive() const
{
    Connection connection = m_world->connect(u"holdpoint"_s);
    const auto executors = StoreClient(connection).executors();
    return executors && executors->size() == 1 && executors->constFirst().alive;
}

void RevokingExecutorTest::anExecutorThatIsBusyIsAlive()
{
    m_running.append(m_world->startExecutor());
    const qint64 id = m_world->release("SELECT pg_sleep(13)", 0, u"etl-agent"_s);
    QVERIFY(m_world->waitFor(id, ActionState::Executing));
    // Longer than the store believes in an executor that says nothing.
    QTest::qSleep(11'000);
    QCOMPARE(m_world->action(id).state, ActionState::Executing);
    QVERIFY(isAlive());
    QCOMPARE(m_world->outcome(id).state, ActionState::Executed);
}

void RevokingExecutorTest::theSwitchEndsTheAgentAndLeavesTheTeamAlone()
{
    m_running.append(m_world->startExecutor());
    Connection agent = m_world->connect(u"prod-eu-support-agent"_s);
    Connection another = m_world->connect(u"prod-eu-etl-agent"_s);
    Connection writer = m_world->connect(u"prod-eu-write"_s);
    QVERIFY(works(agent));
    m_world->revoke(u"support-agent"_s);
    QVERIFY(m_world->waitUntilConfirmed());
    const Receipt receipt = m_world->receipt();
    QCOMPARE(doneSteps(receipt), allSteps);
    QCOMPARE(receipt.tries, 1);
    QVERIFY(!works(agent));
    QVERIFY(works(another));
    QVERIFY(works(writer));
    QVERIFY(!Connection::open(m_world->world().conninfo(u"prod-eu-support-agent"_s), u"test"_s));
}

void RevokingExecutorTest::aLongStatementDoesNotDelayTheSwitch()
{
    m_running.append(m_world->startExecutor());
    const qint64 id = m_world->release("SELECT pg_sleep(6)", 0, u"cleanup-bot"_s);
    QVERIFY(m_world->waitFor(id, ActionState::Executing));
    QElapsedTimer timer;
    timer.start();
    m_world->revoke(u"etl-agent"_s);
    QVERIFY(m_world->waitUntilConfirmed());
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(m_world->action(id).state, ActionState::Executing);
}

void RevokingExecutorTest::aTargetThatIsDownIsNotConfirmedUntilItIsBack()
{
    QVERIFY(m_world->world().primary().stop(LocalCluster::StopMode::Fast));
    m_running.append(m_world->startExecutor());
    m_world->revoke(u"cleanup-bot"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_world->receipt().tries >= 2, 15'000);
    QVERIFY(!m_world->receipt().confirmed);
    QVERIFY(!m_world->receipt().lastError.isEmpty());
    // Nothing of it is in the executor's memory alone.
    m_world->kill(m_running.takeFirst());
    m_running.append(m_world->startExecutor());
    QTest::qSleep(300);
    QVERIFY(!m_world->receipt().confirmed);
    QVERIFY(m_world->world().primary().start());
    QVERIFY(m_world->waitUntilConfirmed());
    const Receipt receipt = m_world->receipt();
    QCOMPARE(doneSteps(receipt), allSteps);
    QVERIFY(receipt.tries >= 3);
}

void RevokingExecutorTest::aTargetThatSaysNothingDelaysNoOther()
{
    const Hole hole;
    Connection admin = m_world->connect(u"holdpoint-admin"_s);
    QVERIFY(admin.run(u"SELECT holdpoint.add_target('hole', 'staging', '')"_s));
    m_running.append(m_world->startExecutorWithHole(hole.port()));
    QElapsedTimer timer;
    timer.start();
    m_world->revoke(u"support-agent"_s);
    QVERIFY(m_world->waitUntilConfirmed());
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(RevokingExecutorTest)
#include "revokingexecutortest.moc"
