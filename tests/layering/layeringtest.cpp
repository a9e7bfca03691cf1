// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/layering/sourcetree.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

/// What the linker cannot hold: who may include what, and what nobody may write.
class LayeringTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void noLineBreaksARule_data();
    void noLineBreaksARule();
    void eachRuleCatchesItsExample_data() { noLineBreaksARule_data(); }
    void eachRuleCatchesItsExample();
    void partsOfTheCoreIncludeOnlyPartsBelowThem();
    void anUpwardIncludeIsCaught();
    void everyFileSaysWhoseItIs();
    void noSourceFileIsTooLongToRead();

private:
    SourceTree m_tree{{}};
};

namespace {
constexpr auto code = "\\.(cpp|h)$"_L1;
const QStringList coreOrder{u"assessment"_s, u"analysis"_s, u"database"_s, u"catalog"_s, u"store"_s, u"impact"_s,
    u"access"_s, u"execution"_s, u"intake"_s, u"demo"_s};

QByteArray joined(const QStringList &lines)
{
    return lines.join(u'\n').toUtf8();
}
} // namespace

void LayeringTest::initTestCase()
{
    m_tree = SourceTree::read(QStringLiteral(HOLDPOINT_SOURCES));
}

void LayeringTest::noLineBreaksARule_data()
{
    QTest::addColumn<QString>("files");
    QTest::addColumn<QString>("except");
    QTest::addColumn<QString>("forbidden");
    QTest::addColumn<QString>("examplePath");
    QTest::addColumn<QString>("exampleLine");
    const auto rule = [](const char *name, const QString &files, const QString &except, const QString &forbidden,
                          const QString &path,
                          const QString &line) { QTest::newRow(name) << files << except << forbidden << path << line; };

    rule("core knows no screen", u"^core/.*"_s + code, {},
        u"#include (<(QtGui|QtWidgets)/|<Q((Gui)?Application|Widget|Dialog|MessageBox|Pixmap|Image|Icon|Color|Font|Painter)>|\"(ui|app)/)"_s,
        u"core/store/x.cpp"_s, u"#include <QWidget>"_s);
    rule("core links no screen", u"^core/.*CMakeLists\\.txt$"_s, {}, u"Qt6::(Gui|Widgets|Svg)|KF6::"_s,
        u"core/store/CMakeLists.txt"_s, u"target_link_libraries(x Qt6::Widgets)"_s);
    rule("ui knows no connection and no execution", u"^ui/.*"_s + code, {},
        u"#include (\"core/(database/(?!error\\.h)|execution/|access/|analysis/|demo/|intake/)|\"app/|<(QtSql/|QSql|libpq))"_s,
        u"ui/queue/x.cpp"_s, u"#include \"core/database/connection.h\""_s);
    rule("ui asks no store and no replica", u"^ui/.*"_s + code, {},
        u"#include \"core/(store/(storeclient|executorstore|setup)|impact/(?!(impact|plan|preview)\\.h))"_s, u"ui/queue/x.cpp"_s,
        u"#include \"core/store/storeclient.h\""_s);
    rule("only the analyzer's library knows the parser", u"(^(core|app|ui)/).*"_s + code, u"^core/analysis/"_s,
        u"#include .*(pg_query|protobuf)"_s, u"app/ctl/x.cpp"_s, u"#include <pg_query.h>"_s);
    rule("only the analyzer links its library", u"CMakeLists\\.txt$"_s,
        u"^(core/analysis|app/analyzer|tests/(analysis|fuzz|bench))/"_s, u"holdpoint_analysis\\b"_s,
        u"app/console/CMakeLists.txt"_s, u"  holdpoint_analysis"_s);
    rule("only core/database knows Qt SQL and libpq", u"^(core|app|ui|tests)/.*"_s + code,
        u"^(core/database|tests/layering)/"_s, u"QSqlDatabase|QSqlQuery|libpq-fe\\.h|\\bPQ[a-z]\\w+\\("_s,
        u"core/store/x.cpp"_s, u"QSqlQuery query(database);"_s);
    rule("the screen never waits in a loop of its own", u"^(ui|app/console)/.*"_s + code, {},
        u"(\\.|->)exec\\(|QDialog::exec|QEventLoop|processEvents|waitFor(Finished|Started|ReadyRead)\\(|QMessageBox::(question|warning|critical|information)\\("_s,
        u"ui/queue/x.cpp"_s, u"    dialog.exec();"_s);
    rule("no text is guessed to be rich", u"^(ui|app/console)/.*"_s + code, {},
        u"setHtml|insertHtml|appendHtml|setMarkdown|Qt::(AutoText|RichText|MarkdownText)|QTextDocumentFragment::fromHtml"_s,
        u"ui/queue/x.cpp"_s, u"label->setTextFormat(Qt::AutoText);"_s);
    rule("labels are made by the one place that makes them plain", u"^(ui|app/console)/.*"_s + code, u"^ui/label\\."_s,
        u"new QLabel\\b"_s, u"ui/queue/x.cpp"_s, u"auto *label = new QLabel(text, this);"_s);
    rule("signals are connected by pointer", u"^(core|app|ui|tests)/.*"_s + code, u"^tests/layering/"_s,
        u"\\b(SIGNAL|SLOT)\\("_s, u"ui/x.cpp"_s, u"connect(a, SIGNAL(b()), c, SLOT(d()));"_s);
    rule("nothing is a singleton", u"^(core|app|ui)/.*"_s + code, {}, u"static .*\\binstance\\(\\)|Q_GLOBAL_STATIC"_s,
        u"ui/x.h"_s, u"    static Theme &instance();"_s);
    rule("includes go by the path from the root", u"^(core|app|ui|tests)/.*"_s + code, u"^tests/layering/"_s,
        u"#include \"(\\.\\./|[^/\"]+\\.h\")"_s, u"ui/x.cpp"_s, u"#include \"x.h\""_s);
    rule("no slot or signal without Q_", u"^(core|app|ui|tests)/.*"_s + code, u"^tests/layering/"_s,
        u"^\\s*(signals|(public|private|protected) slots):|\\bemit \\w+\\("_s, u"ui/x.h"_s, u"signals:"_s);
}

void LayeringTest::noLineBreaksARule()
{
    QFETCH(const QString, files);
    QFETCH(const QString, except);
    QFETCH(const QString, forbidden);
    const QStringList found = m_tree.violations({.files = files, .except = except, .forbidden = forbidden});
    QVERIFY2(found.isEmpty(), joined(found).constData());
}

void LayeringTest::eachRuleCatchesItsExample()
{
    QFETCH(const QString, files);
    QFETCH(const QString, except);
    QFETCH(const QString, forbidden);
    QFETCH(const QString, examplePath);
    QFETCH(const QString, exampleLine);
    const SourceTree tree({{examplePath, u"first\n"_s + exampleLine + u'\n'}});
    const QStringList found = tree.violations({.files = files, .except = except, .forbidden = forbidden});
    QCOMPARE(found, QStringList{examplePath + u":2: "_s + exampleLine.trimmed()});
}

void LayeringTest::partsOfTheCoreIncludeOnlyPartsBelowThem()
{
    const QStringList found = m_tree.upwardIncludes(coreOrder);
    QVERIFY2(found.isEmpty(), joined(found).constData());
}

void LayeringTest::anUpwardIncludeIsCaught()
{
    const SourceTree tree({{u"core/store/x.h"_s, u"#include \"core/execution/guard.h\"\n"_s},
        {u"core/store/y.h"_s, u"#include \"core/assessment/effect.h\"\n"_s}});
    QCOMPARE(tree.upwardIncludes(coreOrder), QStringList{u"core/store/x.h includes core/execution"_s});
}

void LayeringTest::everyFileSaysWhoseItIs()
{
    const QStringList found = m_tree.withoutLicence(u"."_s);
    QVERIFY2(found.isEmpty(), joined(found).constData());
    QCOMPARE(SourceTree({{u"ui/x.cpp"_s, u"int x;\n"_s}}).withoutLicence(u"."_s), QStringList{u"ui/x.cpp"_s});
}

void LayeringTest::noSourceFileIsTooLongToRead()
{
    // A test is read case by case.
    const QStringList found =
        m_tree.longerThan(400, u"^(app|core|ui)/.*"_s + code) + m_tree.longerThan(500, u"^tests/.*"_s + code);
    QVERIFY2(found.isEmpty(), joined(found).constData());
    QCOMPARE(SourceTree({{u"ui/x.cpp"_s, QString(401, u'\n')}}).longerThan(400, code).size(), 1);
}

QTEST_GUILESS_MAIN(LayeringTest)
#include "layeringtest.moc"
