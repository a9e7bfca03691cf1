// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QString outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    process.waitForFinished(60'000);
    return QString::fromUtf8(process.readAllStandardOutput());
}

} // namespace

/// What holdpointctl analyze prints for people: the marks stand under the words they mean.
class AnalyzeTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marksStandUnderTheirWords_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("marks");
        const auto row = [](const char *what, const QByteArray &sql, const QString &line, const QString &marks) {
            QTest::newRow(what) << sql << line << marks;
        };
        row("letters of two bytes", "SELECT 'äö'; DELETE FROM t", u"SELECT 'äö'; DELETE FROM t"_s, u"             ^^^^^^^^^^^^^"_s);
        row("a tab is one blank", "SELECT 1;\tDELETE FROM t", u"SELECT 1; DELETE FROM t"_s, u"          ^^^^^^^^^^^^^"_s);
        row("wide letters before", "SELECT '日本'; DELETE FROM t", u"SELECT '日本'; DELETE FROM t"_s, u"               ^^^^^^^^^^^^^"_s);
        row("wide letters inside", "DELETE FROM \"表🙂\"", u"DELETE FROM \"表🙂\""_s, u"^^^^^^^^^^^^^^^^^^"_s);
        row("a mark on a letter", "SELECT 'e\u0301'; DELETE FROM t", u"SELECT 'e\u0301'; DELETE FROM t"_s, u"            ^^^^^^^^^^^^^"_s);
        row("what is named", "SELECT 1; DELETE FROM \"\x1b\"", u"SELECT 1; DELETE FROM \"⟦U+001B⟧\""_s,
            u"          ^^^^^^^^^^^^^^^^^^^^^^"_s);
        row("several lines", "SELECT 1; DELETE\r\nFROM\r\nt", u"SELECT 1; DELETE"_s, u"          ^^^^^^ … to line 3"_s);
        row("the end of the text", "SELECT 1 +\r\n\r\n", u"SELECT 1 +"_s, u"         ^"_s);
        const QString wide(23, u'表');
        row("far to the right", "SELECT '" + QByteArray("表").repeated(5000) + "'; DELETE FROM t; SELECT 2",
            u"…"_s + wide + u"'; DELETE FROM t; SELECT 2"_s, QString(50, u' ') + u"^^^^^^^^^^^^^"_s);
        row("a very long one", "DELETE FROM \"" + QByteArray("ä").repeated(60) + "\", x", {}, {});
        row("a megabyte", "SELECT '" + QByteArray("x").repeated(1'000'000) + "' /* " + "\u202E" + " */", {}, {});
    }

    void marksStandUnderTheirWords()
    {
        QFETCH(const QByteArray, sql);
        QFETCH(const QString, line);
        QFETCH(const QString, marks);
        const QStringList lines = outputOf(u"holdpointctl"_s, {u"analyze"_s, fileWith(sql)}).split(u'\n');
        QVERIFY(lines.size() > 3);
        for (const QString &printed : lines.mid(0, 3))
            QVERIFY(printed.size() < 200);
        if (line.isEmpty())
            return;
        QCOMPARE(lines[1].section(u"│ "_s, 1), line);
        QCOMPARE(lines[2].section(u"│ "_s, 1), marks);
    }

    void aTerminalSeesColours()
    {
        const QString command = u"holdpointctl analyze "_s + fileWith("DELETE FROM t");
        const QString printed = outputOf(u"script"_s, {u"-qec"_s, command, u"/dev/null"_s});
        QVERIFY(printed.contains(u": \x1b[33mdestructive\x1b[0m: "_s));
        QVERIFY(printed.contains(u"│ \x1b[33m^^^^^^^^^^^^^\x1b[0m"_s));
    }

private:
    QString fileWith(const QByteArray &sql)
    {
        QFile file(m_folder.filePath(u"a.sql"_s));
        return file.open(QIODevice::WriteOnly) && file.write(sql) == sql.size() ? file.fileName() : QString();
    }

    const QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(AnalyzeTextTest)
#include "analyzetexttest.moc"
