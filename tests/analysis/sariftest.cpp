// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;

/// What a code host needs of `holdpointctl analyze --format sarif`, whatever the texts.
class SarifTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHostileTextGivesASoundLog_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("sql");
        const auto row = [](const char *what, const QString &name, const QByteArray &sql) {
            QTest::newRow(what) << name << sql;
        };
        row("a plain one", u"a.sql"_s, "SELECT 1;\nDELETE FROM t;\nDROP TABLE t;\n");
        row("nothing at all", u"a.sql"_s, "");
        row("only line ends", u"a.sql"_s, "\n\n\n");
        row("no final line end", u"a.sql"_s, "DELETE FROM t");
        row("multi-byte letters", u"a.sql"_s, "DELETE FROM \"größe\"; SELECT '日本語'; DELETE FROM \"表\" /* 🙂 */");
        row("lines that end as on Windows", u"a.sql"_s, "SELECT 1;\r\nDELETE\r\nFROM t;\r\nDELETE FORM t;\r\n");
        row("bidi and bare returns", u"a.sql"_s, "SELECT 1; -- \u202Ex\u202C\rDELETE FROM t;\n");
        row("a mistake at the very end", u"a.sql"_s, "SELECT 1 +\n\n");
        row("a mistake at the end of a line", u"a.sql"_s, "SELECT (\r\n");
        row("a NUL", u"a.sql"_s, QByteArray("SELECT 1;\0 DROP TABLE t", 23));
        row("no UTF-8", u"a.sql"_s, "SELECT '\xff\xfe';\nDELETE FROM t");
        row("a mark at the beginning", u"a.sql"_s, "\xef\xbb\xbf" "DELETE FROM t");
        row("a line of a megabyte", u"a.sql"_s, "SELECT '" + QByteArray("ä").repeated(500'000) + "'; DELETE FROM t");
        row("too large", u"a.sql"_s, "SELECT 1 /*" + QByteArray(1 << 20, '\n') + "*/");
        row("thousands of findings in one line", u"a.sql"_s, QByteArray("DELETE FROM t;").repeated(3'000));
        row("blanks and letters in the name", u"größe 100% #1?.sql"_s, "DELETE FROM t");
        row("a name like a scheme", u"c:a.sql"_s, "DELETE FROM t");
    }

    void aHostileTextGivesASoundLog()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, sql);
        const QTemporaryDir folder;
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(sql) == sql.size());
        file.close();
        const QJsonObject run = runOf(logOf({name}, folder.path()));
        QCOMPARE(run[u"artifacts"_s].toArray().size(), 1);
        QCOMPARE(uriOf(run[u"artifacts"_s][0][u"location"_s]).path(), name);
        checkRules(run);
        QSet<QString> fingerprints;
        for (const QJsonValue result : run[u"results"_s].toArray()) {
            checkResult(result.toObject(), run);
            checkRegion(result[u"locations"_s][0][u"physicalLocation"_s][u"region"_s].toObject(), sql);
            fingerprints.insert(result[u"partialFingerprints"_s][u"holdpointFinding/v1"_s].toString());
        }
        QCOMPARE(fingerprints.size(), run[u"results"_s].toArray().size());
    }

    void eachTextHasItsArtifact()
    {
        const QTemporaryDir folder;
        for (const QString &name : {u"a.sql"_s, u"b.sql"_s}) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("DELETE FROM t;\n") > 0);
        }
        const QJsonObject run = runOf(logOf({u"./a.sql"_s, folder.filePath(u"b.sql"_s)}, folder.path()));
        QCOMPARE(uriOf(run[u"artifacts"_s][0][u"location"_s]), QUrl(u"a.sql"_s));
        QCOMPARE(uriOf(run[u"artifacts"_s][1][u"location"_s]), QUrl::fromLocalFile(folder.filePath(u"b.sql"_s)));
        for (const QJsonValue result : run[u"results"_s].toArray())
            checkResult(result.toObject(), run);
        const QJsonObject place = run[u"results"_s][1][u"locations"_s][0][u"physicalLocation"_s].toObject();
        QCOMPARE(place[u"artifactLocation"_s][u"index"_s].toInt(), 1);
    }

    void aFindingIsKnownAgainOnAnotherLine()
    {
        const QTemporaryDir folder;
        const auto fingerprint = [&](const QByteArray &sql) {
            QFile file(folder.filePath(u"a.sql"_s));
            return file.open(QIODevice::WriteOnly) && file.write(sql) > 0 && file.flush()
                ? runOf(logOf({u"a.sql"_s}, folder.path()))[u"results"_s][0][u"partialFingerprints"_s].toObject()
                : QJsonObject();
        };
        const QJsonObject one = fingerprint("DELETE FROM t;\n");
        QVERIFY(!one.isEmpty());
        QCOMPARE(fingerprint("SELECT 1;\n\nDELETE FROM t;\n"), one);
        QVERIFY(fingerprint("DELETE FROM u;\n") != one);
    }

private:
    static QJsonObject logOf(const QStringList &files, const QString &folder)
    {
        QProcess process;
        process.setWorkingDirectory(folder);
        process.start(u"holdpointctl"_s, QStringList{u"analyze"_s, u"--format"_s, u"sarif"_s} + files);
        process.waitForFinished(60'000);
        return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    }

    static QJsonObject runOf(const QJsonObject &log)
    {
        const bool sound = log[u"version"_s].toString() == "2.1.0"_L1 && QUrl(log[u"$schema"_s].toString()).isValid()
            && log[u"runs"_s].toArray().size() == 1;
        return sound ? log[u"runs"_s][0].toObject() : QJsonObject();
    }

    static QUrl uriOf(const QJsonValue &location) { return QUrl(location[u"uri"_s].toString(), QUrl::StrictMode); }

    static void checkRules(const QJsonObject &run)
    {
        const QJsonValue driver = run[u"tool"_s][u"driver"_s];
        QVERIFY(!driver[u"name"_s].toString().isEmpty() && !driver[u"semanticVersion"_s].toString().isEmpty());
        QSet<QString> ids;
        for (const QJsonValue rule : driver[u"rules"_s].toArray()) {
            ids.insert(rule[u"id"_s].toString());
            for (const QString &words : {u"shortDescription"_s, u"fullDescription"_s, u"help"_s})
                QVERIFY(!rule[words][u"text"_s].toString().isEmpty());
        }
        QCOMPARE(ids.size(), driver[u"rules"_s].toArray().size());
    }

    static void checkResult(const QJsonObject &result, const QJsonObject &run)
    {
        const QJsonValue rule = run[u"tool"_s][u"driver"_s][u"rules"_s][result[u"ruleIndex"_s].toInt(-1)];
        QCOMPARE(rule[u"id"_s], result[u"ruleId"_s]);
        QVERIFY(QStringList({u"note"_s, u"warning"_s, u"error"_s}).contains(result[u"level"_s].toString()));
        QVERIFY(!result[u"message"_s][u"text"_s].toString().isEmpty());
        const QJsonValue file = result[u"locations"_s][0][u"physicalLocation"_s][u"artifactLocation"_s];
        QVERIFY(uriOf(file).isValid());
        QCOMPARE(file[u"uri"_s], run[u"artifacts"_s][file[u"index"_s].toInt(-1)][u"location"_s][u"uri"_s]);
    }

    /// Lines and columns inside the text, and the same stretch as the bytes.
    static void checkRegion(const QJsonObject &region, const QByteArray &sql)
    {
        const qint64 start = region[u"byteOffset"_s].toInteger(-1), length = region[u"byteLength"_s].toInteger(-1);
        QVERIFY(start >= 0 && length >= 0 && start + length <= sql.size());
        checkPlace(region[u"startLine"_s].toInteger(), region[u"startColumn"_s].toInteger(), start, sql);
        checkPlace(region[u"endLine"_s].toInteger(), region[u"endColumn"_s].toInteger(), start + length, sql);
    }

    static void checkPlace(qint64 line, qint64 column, qint64 byte, const QByteArray &sql)
    {
        const QByteArray before = sql.first(byte);
        QCOMPARE(line, before.count('\n') + 1);
        const QByteArray lineBefore = before.sliced(before.lastIndexOf('\n') + 1);
        if (QString::fromUtf8(sql).toUtf8() == sql)
            QCOMPARE(column, QString::fromUtf8(lineBefore).toUcs4().size() + 1);
        QVERIFY(column >= 1 && column <= lineBefore.size() + 1);
        QVERIFY(line == 1 || !sql.sliced(sql.size() - 1).startsWith('\n') || byte < sql.size());
    }
};

QTEST_GUILESS_MAIN(SarifTest)
#include "sariftest.moc"
