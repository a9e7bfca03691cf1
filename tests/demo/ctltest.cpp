// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/demo/agentatwork.h"
#include "core/demo/world.h"
#include "tests/demo/ctlrun.h"

#include "core/database/connection.h"
#include "core/store/storeclient.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

class CtlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void helpNamesEveryCommandAndEveryCommandHasHelp();
    void aMistakeOnTheCommandLineIsOneLineAndStatusTwo_data();
    void aMistakeOnTheCommandLineIsOneLineAndStatusTwo();
    void aStoreThatCannotBeUsedIsOneLineAndStatusTwo_data();
    void aStoreThatCannotBeUsedIsOneLineAndStatusTwo();
    void aPasswordInAConnectionStringIsRefusedAndNotRepeated();
    void aWrongPasswordIsNamedAsSuch();
    void aNewerStoreIsRefusedAndLeftAsItIs();
    void aSubmissionOverTheLimitIsRefusedWithTheLimit_data();
    void aSubmissionOverTheLimitIsRefusedWithTheLimit();
    void aSubmissionForAnUnknownTargetIsRefused();
    void anAgentSubmitsFollowsAndWithdraws();
    void anAgentRevisesAndWaitsForTheAnswer();
    void bytesArriveAsTheyWere();
    void anAgentsWordsCannotCommandTheTerminal();
    void peopleAgentsTargetsAndPolicyCanBeAdded();
    void initIsSafeToRunAgain();
    void onlyAnAdministratorSetsUp();
    void theRecordIsShownAndHolds();
    void anotherHeadShowsThatTheRecordWasRewritten();
    void theDoctorNamesWhatIsMissing();
    void aRevocationWithoutAnExecutorIsNotRevokedYet();

private:
    CtlRun as(const QString &service, QStringList arguments, const QByteArray &input = {}) const
    {
        return runCtl(arguments << u"--store"_s << m_world->conninfo(service), m_world->environment(), input);
    }
    qsizetype actionsInStore() const;

    QTemporaryDir m_directory{u"/tmp/holdpoint-test-XXXXXX"_s};
    std::unique_ptr<World> m_world;
};

namespace {
const QStringList submission{
    u"submit"_s, u"--target"_s, u"prod-eu"_s, u"--title"_s, u"A title"_s, u"--reason"_s, u"A reason"_s};

QJsonObject object(const CtlRun &run)
{
    return QJsonDocument::fromJson(run.output.toUtf8()).object();
}
} // namespace

void CtlTest::initTestCase()
{
    QFile::setPermissions(
        m_directory.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther);
    auto world = World::create({.directory = m_directory.path(), .scale = 0.01});
    QVERIFY2(world, world ? "" : qPrintable(world.error().text()));
    m_world = std::move(*world);
}

qsizetype CtlTest::actionsInStore() const
{
    auto connection = Connection::open(m_world->conninfo(u"holdpoint"_s), u"test"_s);
    if (!connection)
        return -1;
    const auto actions = StoreClient(*connection).actionsSince(0);
    return actions ? actions->size() : -1;
}

void CtlTest::helpNamesEveryCommandAndEveryCommandHasHelp()
{
    const CtlRun help = runCtl({u"--help"_s}, m_world->environment());
    QCOMPARE(help.status, 0);
    QStringList commands;
    const QStringList lines = help.output.split(u'\n');
    for (const QString &line : lines)
        if (line.startsWith("  "_L1))
            commands.append(line.mid(2, 14).trimmed());
    QVERIFY(commands.size() >= 20);
    for (const QString &command : commands) {
        const CtlRun run = runCtl(command.split(u' ') << u"--help"_s, m_world->environment());
        QVERIFY2(run.status == 0 && run.output.contains(u"holdpointctl "_s + command), run.text().constData());
    }
    QCOMPARE(runCtl({u"--version"_s}, m_world->environment()).output,
        u"holdpointctl %1\n"_s.arg(QStringLiteral(HOLDPOINT_VERSION)));
}

void CtlTest::aMistakeOnTheCommandLineIsOneLineAndStatusTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown command") << QStringList{u"frobnicate"_s} << u"unknown command 'frobnicate'"_s;
    QTest::newRow("half a command") << QStringList{u"agent"_s} << u"unknown command 'agent'"_s;
    QTest::newRow("control characters in a command") << QStringList{u"\u202Ex\u001b[2J"_s} << u"⟦U+202E⟧x⟦U+001B⟧"_s;
    QTest::newRow("unknown option") << QStringList{u"list"_s, u"--bogus"_s} << u"bogus"_s;
    QTest::newRow("option without its value") << QStringList{u"list"_s, u"--store"_s} << u"store"_s;
    QTest::newRow("missing argument") << QStringList{u"status"_s} << u"the action is missing"_s;
    QTest::newRow("one argument too many") << QStringList{u"status"_s, u"1"_s, u"2"_s} << u"'2'"_s;
    QTest::newRow("no number") << QStringList{u"status"_s, u"one"_s} << u"'one'"_s;
    QTest::newRow("number too small") << QStringList{u"history"_s, u"--limit"_s, u"0"_s} << u"from 1"_s;
    QTest::newRow("number too large") << QStringList{u"status"_s, u"99999999999999999999"_s} << u"whole number"_s;
    QTest::newRow("missing target") << QStringList{u"submit"_s, u"--title"_s, u"t"_s, u"--reason"_s, u"r"_s}
                                    << u"--target is missing"_s;
    QTest::newRow("revoke without a reason") << QStringList{u"revoke"_s, u"etl-agent"_s} << u"--reason is missing"_s;
    QTest::newRow("unknown format") << QStringList{u"list"_s, u"--format"_s, u"xml"_s} << u"text or json"_s;
    QTest::newRow("no level") << QStringList{u"policy set"_s.split(u' ') << u"*"_s << u"mild"_s} << u"'mild'"_s;
    QTest::newRow("no head") << QStringList{u"verify"_s, u"--head"_s, u"12:xyz"_s} << u"no head"_s;
    QTest::newRow("no file") << (submission + QStringList{u"/nowhere/x.sql"_s}) << u"/nowhere/x.sql"_s;
    QTest::newRow("folder as a file") << (submission + QStringList{u"/tmp"_s}) << u"/tmp"_s;
    QTest::newRow("nothing to submit") << submission << u"no SQL"_s;
    QTest::newRow("demo of no size") << QStringList{u"demo"_s, u"--scale"_s, u"none"_s} << u"'none'"_s;
}

void CtlTest::aMistakeOnTheCommandLineIsOneLineAndStatusTwo()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, says);
    const CtlRun run = runCtl(arguments, m_world->environment());
    QVERIFY2(run.isOneClearRefusal(), run.text().constData());
    QVERIFY2(run.errors.contains(says), run.text().constData());
}

void CtlTest::aStoreThatCannotBeUsedIsOneLineAndStatusTwo_data()
{
    QTest::addColumn<QString>("store");
    QTest::newRow("no server") << u"host=/tmp/nowhere dbname=holdpoint"_s;
    QTest::newRow("no network server") << u"host=127.0.0.1 port=1 dbname=holdpoint user=x"_s;
    QTest::newRow("unknown service") << u"service=no-such-service"_s;
    QTest::newRow("unknown database") << u"service=holdpoint dbname=nothing"_s;
    QTest::newRow("unknown role") << u"service=holdpoint user=nobody-here"_s;
    QTest::newRow("unknown keyword") << u"sevice=holdpoint"_s;
    QTest::newRow("no connection string") << u"'"_s;
    QTest::newRow("no store in the database") << u"service=prod-eu-admin"_s;
}

void CtlTest::aStoreThatCannotBeUsedIsOneLineAndStatusTwo()
{
    QFETCH(const QString, store);
    for (const QStringList &command : {QStringList{u"list"_s}, QStringList{u"doctor"_s}, QStringList{u"verify"_s},
             QStringList{u"revoke"_s, u"etl-agent"_s, u"--reason"_s, u"r"_s},
             QStringList{u"agent"_s, u"add"_s, u"x"_s, u"--owner"_s, u"maria"_s}}) {
        const CtlRun run = runCtl(command + QStringList{u"--store"_s, store}, m_world->environment());
        QVERIFY2(run.isOneClearRefusal(), run.text().constData());
    }
    QProcessEnvironment environment = m_world->environment();
    environment.insert(u"HOLDPOINT_STORE"_s, store);
    QVERIFY(runCtl({u"list"_s}, environment).isOneClearRefusal());
}

void CtlTest::aPasswordInAConnectionStringIsRefusedAndNotRepeated()
{
    for (const QString &store :
        {u"service=holdpoint password=hunter2"_s, u"postgresql://maria:hunter2@localhost/holdpoint"_s}) {
        const CtlRun run = runCtl({u"list"_s, u"--store"_s, store}, m_world->environment());
        QVERIFY2(run.isOneClearRefusal(), run.text().constData());
        QVERIFY(!run.errors.contains("hunter2"_L1));
    }
    const CtlRun target = as(u"holdpoint-admin"_s,
        {u"target"_s, u"add"_s, u"leaky"_s, u"--environment"_s, u"production"_s, u"--replica"_s,
            u"host=x password=hunter2"_s});
    QVERIFY2(target.isOneClearRefusal(), target.text().constData());
    QVERIFY(!target.errors.contains("hunter2"_L1));
}

void CtlTest::aWrongPasswordIsNamedAsSuch()
{
    const QString file = m_directory.filePath(u"wrong-passwords"_s);
    QVERIFY(writePrivateFile(file, "*:*:*:*:wrong\n"));
    QProcessEnvironment environment = m_world->environment();
    environment.insert(u"PGPASSFILE"_s, file);
    const CtlRun run = runCtl({u"list"_s, u"--store"_s, u"service=holdpoint"_s}, environment);
    QVERIFY2(run.isOneClearRefusal(), run.text().constData());
    QVERIFY2(run.errors.contains("password"_L1), run.text().constData());
}

void CtlTest::aNewerStoreIsRefusedAndLeftAsItIs()
{
    auto admin = Connection::open(m_world->store().superuserConninfo(u"holdpoint"_s), u"test"_s);
    QVERIFY(admin);
    QVERIFY(admin->run(u"CREATE DATABASE newer TEMPLATE template0"_s));
    const QString newer =
        u"service=holdpoint-admin dbname=newer passfile='%1'"_s.arg(m_directory.filePath(u"any-database"_s));
    QVERIFY(writePrivateFile(m_directory.filePath(u"any-database"_s),
        u"*:*:*:postgres:%1\n"_s.arg(m_world->store().superuserPassword()).toUtf8()));
    QCOMPARE(runCtl({u"init"_s, u"--store"_s, newer}, m_world->environment()).status, 0);
    auto store = Connection::open(m_world->store().superuserConninfo(u"newer"_s), u"test"_s);
    QVERIFY(store);
    QVERIFY(store->run(
        u"INSERT INTO holdpoint.schema_version SELECT number + 1, name, sha256 FROM holdpoint.schema_version "
        "ORDER BY number DESC LIMIT 1"_s));
    const CtlRun init = runCtl({u"init"_s, u"--store"_s, newer}, m_world->environment());
    QVERIFY2(init.isOneClearRefusal(), init.text().constData());
    const CtlRun list = runCtl({u"list"_s, u"--store"_s, newer}, m_world->environment());
    QVERIFY2(list.isOneClearRefusal(), list.text().constData());
}

void CtlTest::aSubmissionOverTheLimitIsRefusedWithTheLimit_data()
{
    QTest::addColumn<bool>("fromFile");
    QTest::newRow("from a file") << true;
    QTest::newRow("from standard input") << false;
}

void CtlTest::aSubmissionOverTheLimitIsRefusedWithTheLimit()
{
    QFETCH(const bool, fromFile);
    const qsizetype before = actionsInStore();
    const QByteArray most = "SELECT 1 --" + QByteArray(1'048'576 - 11, 'x');
    for (const QByteArray &sql : {most + 'x', most + most + most}) {
        QFile file(m_directory.filePath(u"large.sql"_s));
        QVERIFY(file.open(QFile::WriteOnly) && file.write(sql) == sql.size() && file.flush());
        const CtlRun run = fromFile ? as(u"holdpoint-etl-agent"_s, submission + QStringList{file.fileName()})
                                    : as(u"holdpoint-etl-agent"_s, submission, sql);
        QVERIFY2(run.isOneClearRefusal(), run.text().constData());
        QVERIFY2(run.errors.contains("1,048,576 bytes"_L1), run.text().constData());
    }
    QCOMPARE(actionsInStore(), before);
    const CtlRun fits = as(u"holdpoint-etl-agent"_s, submission, most);
    QVERIFY2(fits.status == 0, fits.text().constData());
    QCOMPARE(actionsInStore(), before + 1);
}

void CtlTest::aSubmissionForAnUnknownTargetIsRefused()
{
    QStringList arguments = submission;
    arguments.replaceInStrings(u"prod-eu"_s, u"prod-mars"_s);
    const CtlRun run = as(u"holdpoint-etl-agent"_s, arguments, "SELECT 1");
    QVERIFY2(run.isOneClearRefusal(), run.text().constData());
    QVERIFY2(run.errors.contains("prod-mars"_L1), run.text().constData());
}

void CtlTest::anAgentSubmitsFollowsAndWithdraws()
{
    const CtlRun submitted =
        as(u"holdpoint-etl-agent"_s, submission + QStringList{u"--format"_s, u"json"_s}, "SELECT 1");
    QVERIFY2(submitted.status == 0, submitted.text().constData());
    const QString id = QString::number(object(submitted).value("action"_L1).toInteger());
    QCOMPARE(object(submitted).value("revision"_L1).toInteger(), 1);

    const QStringList status{u"status"_s, id, u"--format"_s, u"json"_s};
    for (const QString &service : {u"holdpoint-etl-agent"_s, u"holdpoint"_s})
        QCOMPARE(object(as(service, status)).value("state"_L1).toString(), u"pending"_s);
    QVERIFY(as(u"holdpoint-support-agent"_s, status).isOneClearRefusal());

    QVERIFY(as(u"holdpoint-support-agent"_s, {u"withdraw"_s, id, u"--reason"_s, u"not mine"_s}).isOneClearRefusal());
    QCOMPARE(as(u"holdpoint-etl-agent"_s, {u"withdraw"_s, id, u"--reason"_s, u"no longer needed"_s}).status, 0);
    QCOMPARE(as(u"holdpoint-etl-agent"_s, {u"wait"_s, id}).status, 5);
    const CtlRun after = as(u"holdpoint-etl-agent"_s, {u"status"_s, id});
    QVERIFY2(after.output.contains("withdrawn"_L1) && after.output.contains("no longer needed"_L1),
        after.text().constData());
    QVERIFY(as(u"holdpoint-etl-agent"_s, {u"withdraw"_s, id, u"--reason"_s, u"again"_s}).isOneClearRefusal());
    QVERIFY(as(u"holdpoint-etl-agent"_s, {u"status"_s, u"987654"_s}).isOneClearRefusal());
}

void CtlTest::anAgentRevisesAndWaitsForTheAnswer()
{
    const QString agent = u"holdpoint-etl-agent"_s;
    const QStringList asJson{u"--format"_s, u"json"_s};
    const QString id =
        QString::number(object(as(agent, submission + asJson, "SELECT 1")).value("action"_L1).toInteger());
    const QStringList revise{u"revise"_s, id, u"--reason"_s, u"narrower"_s};
    QCOMPARE(object(as(agent, revise + asJson, "SELECT 2")).value("revision"_L1).toInteger(), 2);
    QVERIFY(as(u"holdpoint-support-agent"_s, revise, "SELECT 3").isOneClearRefusal());
    QVERIFY(as(agent, revise, "").isOneClearRefusal());

    const QStringList wait{u"wait"_s, id, u"--timeout"_s, u"0"_s};
    const CtlRun open = as(agent, wait + asJson);
    QVERIFY2(open.status == 6 && object(open).value("state"_L1) == "pending"_L1, open.text().constData());
    auto connection = Connection::open(m_world->conninfo(u"holdpoint"_s), u"test"_s);
    QVERIFY(connection);
    StoreClient maria(*connection);
    const auto action = maria.action(id.toLongLong());
    QVERIFY(action);
    Decision decision{.action = action->id,
        .revision = 2,
        .digest = action->digest,
        .verdict = Verdict::RequestChanges,
        .words = {},
        .reason = u"say which rows"_s,
        .evidence = {}};
    QVERIFY(maria.decide(decision));
    const CtlRun asked = as(agent, wait);
    QVERIFY2(asked.status == 4 && asked.output.contains("say which rows"_L1), asked.text().constData());
    QCOMPARE(as(agent, revise, "SELECT 4").status, 0);
    decision.revision = 3;
    decision.digest = maria.action(action->id)->digest;
    decision.verdict = Verdict::Reject;
    QVERIFY(maria.decide(decision));
    QCOMPARE(as(agent, wait).status, 3);
    QVERIFY(as(u"holdpoint-support-agent"_s, wait).isOneClearRefusal());
    QVERIFY(as(agent, {u"wait"_s, id, u"--timeout"_s, u"soon"_s}).isOneClearRefusal());
}

void CtlTest::bytesArriveAsTheyWere()
{
    const QByteArray sql("SELECT '\xff\x00\r\n\xe2\x80\xae';\n", 15);
    const CtlRun submitted = as(u"holdpoint-etl-agent"_s, submission + QStringList{u"--format"_s, u"json"_s}, sql);
    QVERIFY2(submitted.status == 0, submitted.text().constData());
    auto connection = Connection::open(m_world->conninfo(u"holdpoint"_s), u"test"_s);
    QVERIFY(connection);
    const auto action = StoreClient(*connection).action(object(submitted).value("action"_L1).toInteger());
    QVERIFY(action);
    QCOMPARE(action->sql, sql);
}

void CtlTest::anAgentsWordsCannotCommandTheTerminal()
{
    AgentAtWork agents([this](const QString &agent) { return m_world->conninfo(u"holdpoint-"_s + agent); });
    const auto action = agents.submit(
        {u"cleanup-bot"_s, u"\u202Etxen\u001b[2J\nexecuted\u200B\u2028\U000E0041"_s, u"a reason"_s, "SELECT 1"});
    QVERIFY2(action, action ? "" : qPrintable(action.error().text()));
    for (const QStringList &command : {QStringList{u"list"_s}, QStringList{u"status"_s, QString::number(*action)},
             QStringList{u"list"_s, u"--format"_s, u"json"_s}}) {
        const CtlRun run = as(u"holdpoint"_s, command);
        QCOMPARE(run.status, 0);
        for (const char32_t treacherous : {U'\u202E', U'\u001b', U'\u200B', U'\u2028', U'\U000E0041'})
            QVERIFY2(!run.output.contains(QString::fromUcs4(&treacherous, 1)), run.text().constData());
    }
    const CtlRun list = as(u"holdpoint"_s, {u"list"_s});
    QVERIFY2(list.output.contains(u"⟦U+202E⟧txen⟦U+001B⟧[2J⟦U+000A⟧executed⟦U+200B⟧⟦U+2028⟧⟦U+E0041⟧"_s),
        list.text().constData());
    const CtlRun json = as(u"holdpoint"_s, {u"list"_s, u"--format"_s, u"json"_s});
    const QJsonArray all = QJsonDocument::fromJson(json.output.toUtf8()).array();
    QCOMPARE(
        all.last().toObject().value("title"_L1).toString(), u"\u202Etxen\u001b[2J\nexecuted\u200B\u2028\U000E0041"_s);
}

void CtlTest::peopleAgentsTargetsAndPolicyCanBeAdded()
{
    const QString admin = u"holdpoint-admin"_s;
    for (const QStringList &command : {QStringList{u"approver"_s, u"add"_s, u"nadia"_s, u"--name"_s, u"Nadia Haas"_s},
             QStringList{u"auditor"_s, u"add"_s, u"otto"_s}, QStringList{u"executor"_s, u"add"_s, u"executor-two"_s},
             QStringList{u"agent"_s, u"add"_s, u"report-bot"_s, u"--owner"_s, u"nadia"_s},
             QStringList{u"target"_s, u"add"_s, u"staging"_s, u"--environment"_s, u"staging"_s, u"--replica"_s,
                 u"service=staging-replica"_s},
             QStringList{
                 u"policy"_s, u"set"_s, u"staging"_s, u"write"_s, u"--approvers"_s, u"2"_s, u"--slack"_s, u"0"_s}}) {
        const CtlRun run = as(admin, command);
        QVERIFY2(run.status == 0, run.text().constData());
        const CtlRun again = as(admin, command);
        QVERIFY2(again.status == 0, again.text().constData());
    }
    const CtlRun policy = as(u"holdpoint"_s, {u"policy"_s, u"show"_s});
    QVERIFY2(policy.output.contains("staging"_L1), policy.text().constData());
    const QJsonArray rules =
        QJsonDocument::fromJson(as(u"holdpoint"_s, {u"policy"_s, u"show"_s, u"--format"_s, u"json"_s}).output.toUtf8())
            .array();
    QVERIFY(std::ranges::any_of(rules, [](const QJsonValue &rule) {
        return rule[u"target"_s] == "staging"_L1 && rule[u"level"_s] == "write"_L1 && rule[u"approvers"_s] == 2
            && rule[u"slack"_s] == 0 && rule[u"row_limit"_s] == 100'000;
    }));
    QVERIFY(as(admin, {u"agent"_s, u"add"_s, u"stray"_s, u"--owner"_s, u"no-such-person"_s}).isOneClearRefusal());
}

void CtlTest::initIsSafeToRunAgain()
{
    const qsizetype before = actionsInStore();
    const CtlRun run = as(u"holdpoint-admin"_s, {u"init"_s});
    QVERIFY2(run.status == 0, run.text().constData());
    QCOMPARE(actionsInStore(), before);
}

void CtlTest::onlyAnAdministratorSetsUp()
{
    for (const QString &service : {u"holdpoint"_s, u"holdpoint-etl-agent"_s, u"holdpoint-executor"_s}) {
        QVERIFY(as(service, {u"approver"_s, u"add"_s, u"etl-agent"_s}).isOneClearRefusal());
        QVERIFY(
            as(service, {u"policy"_s, u"set"_s, u"*"_s, u"critical"_s, u"--approvers"_s, u"1"_s}).isOneClearRefusal());
        QVERIFY(as(service, {u"init"_s}).isOneClearRefusal() || service == "holdpoint"_L1);
    }
}

void CtlTest::theRecordIsShownAndHolds()
{
    const CtlRun history = as(u"holdpoint-auditor"_s, {u"history"_s, u"--limit"_s, u"5"_s});
    QVERIFY2(history.status == 0 && history.output.count(u'\n') == 5, history.text().constData());
    const CtlRun verify = as(u"holdpoint-auditor"_s, {u"verify"_s});
    QVERIFY2(verify.status == 0 && verify.output.contains("the record holds"_L1), verify.text().constData());
}

void CtlTest::anotherHeadShowsThatTheRecordWasRewritten()
{
    const QJsonObject head = object(as(u"holdpoint-auditor"_s, {u"verify"_s, u"--format"_s, u"json"_s}));
    const QString sequence = QString::number(head.value("sequence"_L1).toInteger());
    const QString hash = head.value("hash"_L1).toString();
    QCOMPARE(as(u"holdpoint-auditor"_s, {u"verify"_s, u"--head"_s, sequence + u':' + hash}).status, 0);
    const CtlRun other = as(u"holdpoint-auditor"_s, {u"verify"_s, u"--head"_s, sequence + u':' + QString(64, u'0')});
    QVERIFY2(other.status == 1 && other.output.contains("does NOT hold"_L1), other.text().constData());
    const CtlRun shortened = as(u"holdpoint-auditor"_s, {u"verify"_s, u"--head"_s, sequence + u"0:"_s + hash});
    QVERIFY2(shortened.status == 1, shortened.text().constData());
}

void CtlTest::theDoctorNamesWhatIsMissing()
{
    QVERIFY(as(u"holdpoint-admin"_s,
                {u"target"_s, u"add"_s, u"backwards"_s, u"--environment"_s, u"test"_s, u"--replica"_s,
                    u"service=prod-eu-write"_s})
                .status
        == 0);
    const CtlRun run = as(u"holdpoint"_s, {u"doctor"_s});
    QCOMPARE(run.status, 1);
    for (const QString &line : {u"ok  store "_s, u"ok  who you are          maria, approver"_s, u"NO  executor"_s,
             u"ok  replica of prod-eu "_s, u"ok  primary of prod-eu   it rejects holdpoint_reader"_s,
             u"NO  replica of backwards it is a primary"_s})
        QVERIFY2(run.output.simplified().contains(line.simplified()), run.text().constData());
    QCOMPARE(as(u"holdpoint-etl-agent"_s, {u"doctor"_s}).status, 0);
}

void CtlTest::aRevocationWithoutAnExecutorIsNotRevokedYet()
{
    const CtlRun run =
        as(u"holdpoint"_s, {u"revoke"_s, u"etl-agent"_s, u"--reason"_s, u"it misbehaves"_s, u"--wait"_s, u"1"_s});
    QVERIFY2(run.status == 1, run.text().constData());
    QVERIFY2(run.output.contains(" ms"_L1) && run.output.contains("NOT revoked yet"_L1), run.text().constData());
    QVERIFY(as(u"holdpoint-etl-agent"_s, submission, "SELECT 1").isOneClearRefusal());
    QVERIFY(as(u"holdpoint"_s, {u"revoke"_s, u"no-such-agent"_s, u"--reason"_s, u"r"_s}).isOneClearRefusal());
}

QTEST_GUILESS_MAIN(CtlTest)
#include "ctltest.moc"
