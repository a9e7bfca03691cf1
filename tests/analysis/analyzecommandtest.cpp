// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Run
{
    int status = -1;
    QByteArray out;
    QByteArray err;
};

Run analyze(const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.start(u"holdpointctl"_s, QStringList{u"analyze"_s} + arguments);
    process.waitForStarted();
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(60'000);
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

/// holdpointctl analyze as a person or a script calls it.
class AnalyzeCommandTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString file(const QString &name, const QByteArray &content)
    {
        QFile out(m_folder.filePath(name));
        return out.open(QIODevice::WriteOnly) && out.write(content) == content.size() ? out.fileName() : QString();
    }

private Q_SLOTS:
    void theExitStatusIsTheHighestLevel()
    {
        QCOMPARE(analyze({}, "SELECT 1").status, 0);
        QCOMPARE(analyze({u"-"_s}, "DELETE FROM t WHERE id = 1").status, 0);
        QCOMPARE(analyze({}, "DELETE FROM t").status, 1);
        QCOMPARE(analyze({file(u"a.sql"_s, "SELECT 1"), file(u"b.sql"_s, "DROP SCHEMA x")}).status, 1);
    }

    void mistakesAreOneLineAndStatusTwo()
    {
        for (const QStringList &arguments :
            {QStringList{u"--format"_s, u"yaml"_s}, QStringList{u"--nonsense"_s}, QStringList{u"/no/such/file"_s},
                QStringList{u"--catalog"_s, u"service=x"_s}, QStringList{u"--batch"_s, u"x.sql"_s}}) {
            const Run run = analyze(arguments);
            QCOMPARE(run.status, 2);
            QCOMPARE(run.err.count('\n'), 1);
            QVERIFY(run.out.isEmpty());
        }
    }

    void peopleSeeTheSpanMarkedAndNoColourInAPipe()
    {
        const Run run = analyze({}, "SELECT 1;\n  DELETE FROM t");
        QVERIFY(run.out.contains("-:2:3: destructive:"));
        QVERIFY(run.out.contains("  2 │   DELETE FROM t\n    │   ^^^^^^^^^^^^^\n"));
        QVERIFY(!run.out.contains('\x1b'));
        QVERIFY(run.err.isEmpty());
    }

    void aHostileTextCannotSteerTheTerminal()
    {
        const Run run = analyze({}, "DELETE FROM \"\x1b[2J\u202e\"");
        QVERIFY(!run.out.contains('\x1b'));
        QVERIFY(!run.out.contains("\u202e"));
    }

    void sarifHoldsEveryFinding()
    {
        const QString path = file(u"a file.sql"_s, "SELECT 'ä';\nDELETE FROM t");
        const Run run = analyze({u"--format"_s, u"sarif"_s, path});
        QCOMPARE(run.status, 1);
        const QJsonObject log = QJsonDocument::fromJson(run.out).object();
        QCOMPARE(log[u"version"_s].toString(), u"2.1.0"_s);
        const QJsonObject sarifRun = log[u"runs"_s][0].toObject();
        QCOMPARE(sarifRun[u"results"_s].toArray().size(), 1);
        const QJsonObject result = sarifRun[u"results"_s][0].toObject();
        QCOMPARE(result[u"ruleId"_s].toString(), u"no-where"_s);
        QCOMPARE(result[u"level"_s].toString(), u"error"_s);
        QCOMPARE(sarifRun[u"tool"_s][u"driver"_s][u"rules"_s][result[u"ruleIndex"_s].toInt()][u"id"_s].toString(),
            u"no-where"_s);
        const QJsonObject place = result[u"locations"_s][0][u"physicalLocation"_s].toObject();
        QVERIFY(place[u"artifactLocation"_s][u"uri"_s].toString().endsWith(u"a%20file.sql"_s));
        QCOMPARE(place[u"region"_s][u"startLine"_s].toInt(), 2);
        QCOMPARE(place[u"region"_s][u"startColumn"_s].toInt(), 1);
        QCOMPARE(place[u"region"_s][u"endColumn"_s].toInt(), 14);
        QCOMPARE(place[u"region"_s][u"byteOffset"_s].toInt(), 13);
        QCOMPARE(place[u"region"_s][u"byteLength"_s].toInt(), 13);
    }

    void aBatchAnswersEveryLineInOrder()
    {
        const QByteArray deep = "SELECT 1" + QByteArray("+1").repeated(50'000);
        const Run run = analyze({u"--batch"_s},
            "{\"id\":7,\"sql\":\"SELECT 1\"}\nnonsense\n{\"id\":\"x\",\"sql\":\"" + deep
                + "\"}\n\n{\"id\":{\"a\":1},\"sql_base64\":\"/w==\"}\n{\"id\":9}\n{\"id\":null,\"sql\":\"DROP TABLE "
                  "t\"}");
        QCOMPARE(run.status, 2);
        const QList<QByteArray> lines = run.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 6);
        const auto json = [&](int line) { return QJsonDocument::fromJson(lines[line]).object(); };
        QCOMPARE(json(0)[u"id"_s].toInt(), 7);
        QCOMPARE(json(1)[u"line"_s].toInt(), 2);
        QCOMPARE(json(2)[u"id"_s].toString(), u"x"_s);
        QCOMPARE(json(2)[u"level"_s].toString(), u"critical"_s);
        QCOMPARE(json(3)[u"id"_s][u"a"_s].toInt(), 1);
        QCOMPARE(json(4)[u"line"_s].toInt(), 6);
        QCOMPARE(json(5)[u"level"_s].toString(), u"destructive"_s);
    }

    void aBatchEchoesIdsAsTheyAreWritten()
    {
        const QByteArrayList ids{
            "18446744073709551616", "-9223372036854775809", "9007199254740993", "1.50", "\"\\\"id\\\":3\"", "null"};
        QByteArray input = "\xEF\xBB\xBF";
        for (const QByteArray &id : ids)
            input += "{\"more\":{\"id\":5},\"sql\":\"SELECT '\\\"id\\\":6'\",\"id\" : " + id + " }\n";
        const Run run = analyze({u"--batch"_s}, input);
        QCOMPARE(run.status, 0);
        const QList<QByteArray> lines = run.out.trimmed().split('\n');
        QCOMPARE(lines.size(), ids.size());
        for (qsizetype index = 0; index < ids.size(); ++index)
            QVERIFY2(lines[index].contains(",\"id\":" + ids[index] + ",\"level\":\"read\""), lines[index].constData());
    }

    void aBatchIsAnsweredLineByLineWhileItsInputIsOpen()
    {
        QProcess process;
        process.start(u"holdpointctl"_s, {u"analyze"_s, u"--batch"_s});
        for (int id = 1; id <= 3; ++id) {
            process.write("{\"id\":" + QByteArray::number(id) + ",\"sql\":\"SELECT 1\"}\n");
            while (!process.canReadLine())
                QVERIFY(process.waitForReadyRead(30'000));
            QCOMPARE(QJsonDocument::fromJson(process.readLine()).object()[u"id"_s].toInt(), id);
        }
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
    }

    void anEndlessTextCostsOnlyItself()
    {
        // The first and the last text are on their way to the same worker as the one that it cannot finish.
        QByteArray input, chain = "SELECT 1" + QByteArray("+1").repeated(150'000);
        for (int id = 0; id < 600; ++id)
            input +=
                "{\"id\":" + QByteArray::number(id) + ",\"sql\":\"" + (id == 300 ? chain : "DROP TABLE t") + "\"}\n";
        const Run run = analyze({u"--batch"_s}, input);
        QCOMPARE(run.status, 0);
        const QList<QByteArray> lines = run.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 600);
        for (int id = 0; id < 600; ++id) {
            const QJsonObject json = QJsonDocument::fromJson(lines[id]).object();
            QCOMPARE(json[u"id"_s].toInt(), id);
            QCOMPARE(json[u"level"_s].toString(), id == 300 ? u"critical"_s : u"destructive"_s);
        }
    }
};

QTEST_GUILESS_MAIN(AnalyzeCommandTest)
#include "analyzecommandtest.moc"
