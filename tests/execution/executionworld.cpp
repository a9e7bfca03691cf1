// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/execution/executionworld.h"

#include "core/assessment/analyzerclient.h"
#include "core/catalog/catalogreader.h"
#include "core/store/storeclient.h"
#include "tests/execution/releasemaker.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QThread>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

namespace {

constexpr QFile::Permissions reachable =
    QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
constexpr auto patience = 30s;

template <typename Value> Value must(std::expected<Value, Error> &&value)
{
    if (!value)
        qFatal("%ls", qUtf16Printable(value.error().text()));
    if constexpr (!std::is_void_v<Value>)
        return std::move(*value);
}

bool waitUntil(const std::function<bool()> &condition)
{
    const QDeadlineTimer deadline(patience);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QThread::sleep(20ms);
    }
    return true;
}

/// What an approver would have before them.
Evidence evidenceFor(const Action &action, std::optional<qint64> rows, Connection &&replica)
{
    const CatalogSnapshot catalog = must(readCatalog(replica, action.target));
    const Assessment assessment = analyseAndWait(analyzerProgram(), action.sql, 10s, catalog);
    Evidence evidence;
    evidence.level = assessment.level;
    evidence.target = action.target;
    evidence.count = rows;
    evidence.totalRows = rows;
    evidence.countKind = rows ? u"exact"_s : u"unknown"_s;
    const Statement *gravest = assessment.gravest();
    if (gravest && gravest->effects.isEmpty()) {
        evidence.verb = gravest->kind.section(u' ', 0, 0).toLower();
        evidence.table = gravest->relations.value(0);
    } else if (gravest) {
        evidence.verb = gravest->effects.constFirst().verb;
        evidence.table = gravest->effects.constFirst().table;
    }
    return evidence;
}

} // namespace

std::unique_ptr<ExecutionWorld> ExecutionWorld::create()
{
    std::unique_ptr<ExecutionWorld> world(new ExecutionWorld);
    QFile::setPermissions(world->m_directory.path(), reachable);
    world->m_world = must(World::create({.directory = world->m_directory.filePath(u"world"_s), .scale = 0.01}));
    return world;
}

Connection ExecutionWorld::connect(const QString &service) const
{
    return must(Connection::open(m_world->conninfo(service), u"test"_s));
}

QProcess *ExecutionWorld::start(const QString &configuration, const QString &stopAt)
{
    const QString program = QCoreApplication::applicationDirPath()
        + (stopAt.isEmpty() ? u"/holdpoint-executor"_s : u"/holdpoint-executor-failpoints"_s);
    QProcessEnvironment environment = m_world->environment();
    environment.insert(u"HOLDPOINT_STOP_AT"_s, stopAt);
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment);
    process->setStandardInputFile(QProcess::nullDevice());
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->setStandardOutputFile(m_directory.filePath(u"executors.log"_s), QIODevice::Append);
    process->start(program, {u"--config"_s, configuration});
    if (!process->waitForStarted())
        qFatal("%ls: %ls", qUtf16Printable(program), qUtf16Printable(process->errorString()));
    m_executors.push_back(std::move(process));
    return m_executors.back().get();
}

QProcess *ExecutionWorld::startExecutor(const QString &stopAt)
{
    return start(m_world->executorConfiguration(), stopAt);
}

QByteArray ExecutionWorld::configuration() const
{
    QFile file(m_world->executorConfiguration());
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no configuration");
    return file.readAll();
}

QProcess *ExecutionWorld::startWith(const QString &name, const QByteArray &configuration)
{
    QFile file(m_directory.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(configuration) != configuration.size())
        qFatal("cannot write %ls", qUtf16Printable(name));
    file.close();
    return start(file.fileName(), {});
}

QProcess *ExecutionWorld::startSecondExecutor(const QString &target)
{
    return startWith(u"second.ini"_s,
        configuration()
            .replace("name = demo", "name = second")
            .replace("[target-prod-eu]", "[target-" + target.toUtf8() + ']'));
}

QProcess *ExecutionWorld::startExecutorWithHole(quint16 port)
{
    const QByteArray conninfo = "host=127.0.0.1 port=" + QByteArray::number(port) + " dbname=x user=x";
    return startWith(
        u"hole.ini"_s, configuration() + "\n[target-hole]\nwrite = " + conninfo + "\nrevoke = " + conninfo + '\n');
}

QProcess *ExecutionWorld::startExecutorWithSandbox(const QByteArray &conninfo)
{
    return startWith(
        u"sandbox.ini"_s, configuration().replace("sandbox = service=prod-eu-sandbox", "sandbox = " + conninfo));
}

QStringList ExecutionWorld::claimers(qint64 firstAction) const
{
    Connection store = connect(u"holdpoint-admin"_s);
    QStringList names;
    for (const Row &row : must(store.run(u"SELECT DISTINCT body::jsonb ->> 'executor' AS name FROM holdpoint.ledger "
                                         "WHERE event = 'claimed' AND action >= ? ORDER BY name"_s,
             {firstAction})))
        names.append(row.text(u"name"_s));
    return names;
}

void ExecutionWorld::kill(QProcess *executor)
{
    executor->kill();
    executor->waitForFinished();
}

void ExecutionWorld::stop(QProcess *executor)
{
    executor->terminate();
    executor->waitForFinished();
}

bool ExecutionWorld::waitUntilStopped(const QProcess *executor) const
{
    return waitUntil([executor] {
        QFile status(u"/proc/%1/stat"_s.arg(executor->processId()));
        return status.open(QIODevice::ReadOnly) && status.readAll().contains(") T ");
    });
}

qint64 ExecutionWorld::submit(const QByteArray &sql, const QString &agent, const QString &target)
{
    Connection connection = connect(u"holdpoint-"_s + agent);
    return must(StoreClient(connection).submit(target, sql, u"a test"_s, u"because"_s)).action;
}

ActionState ExecutionWorld::approve(qint64 id, const QString &service, std::optional<qint64> rows)
{
    Connection connection = connect(service);
    const Action about = action(id);
    Decision decision;
    decision.action = id;
    decision.revision = about.revision;
    decision.digest = about.digest;
    decision.verdict = Verdict::Approve;
    decision.evidence = evidenceFor(about, rows, connect(u"prod-eu-replica"_s));
    decision.words = wordsFor(decision.evidence);
    return must(StoreClient(connection).decide(decision));
}

qint64 ExecutionWorld::release(
    const QByteArray &sql, std::optional<qint64> rows, const QString &agent, const QString &target)
{
    const qint64 id = submit(sql, agent, target);
    if (approve(id, u"holdpoint"_s, rows) != ActionState::Released)
        approve(id, u"holdpoint-jonas"_s, rows);
    return id;
}

Action ExecutionWorld::action(qint64 id) const
{
    Connection connection = connect(u"holdpoint"_s);
    return must(StoreClient(connection).action(id));
}

Action ExecutionWorld::outcome(qint64 id) const
{
    Connection connection = connect(u"holdpoint"_s);
    StoreClient client(connection);
    Action last;
    waitUntil([&] {
        last = must(client.action(id));
        return isFinal(last.state) || last.state == ActionState::Unknown;
    });
    return last;
}

bool ExecutionWorld::waitFor(qint64 id, ActionState state) const
{
    Connection connection = connect(u"holdpoint"_s);
    StoreClient client(connection);
    return waitUntil([&] { return must(client.action(id)).state == state; });
}

void ExecutionWorld::revoke(const QString &agent)
{
    Connection connection = connect(u"holdpoint"_s);
    must(StoreClient(connection).revoke(agent, u"a test"_s));
}

Receipt ExecutionWorld::receipt() const
{
    Connection connection = connect(u"holdpoint"_s);
    const QList<Revocation> revocations = must(StoreClient(connection).revocations());
    for (const Receipt &receipt : revocations.constFirst().receipts)
        if (receipt.place == "prod-eu"_L1)
            return receipt;
    qFatal("no receipt for prod-eu");
}

bool ExecutionWorld::waitUntilConfirmed() const
{
    return waitUntil([this] { return receipt().confirmed; });
}

qint64 ExecutionWorld::number(const QString &sql) const
{
    return must(production().run(sql)).constFirst().number(u"n"_s);
}

} // namespace holdpoint
