// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/review/safetext.h"
#include "ui/review/sqlview.h"

#include <KSyntaxHighlighting/Repository>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

class SafeTextTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void spellsOutWhatCannotBeSeen_data();
    void spellsOutWhatCannotBeSeen();
    void keepsWhatCanBeSeen();
    void cannotBeFooledByTextThatLooksLikeAChip();
    void findsTheSameByteAgain();
    void keepsTheOrderOfTheBytes();
    void cutsLongLinesAndCountsWhatIsHidden();
    void cutsManyLines();
    void showsEverythingOnceAsked();
    void staysFastForAMegabyteInOneLine();
    void copiesTheBytesAsSubmitted();
};

void SafeTextTest::spellsOutWhatCannotBeSeen_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("shown");
    QTest::newRow("bidi override") << QByteArray("a\xE2\x80\xAE"
                                                 "b")
                                   << u"a⟦U+202E⟧b"_s;
    QTest::newRow("zero width space") << QByteArray("a\xE2\x80\x8B"
                                                    "b")
                                      << u"a⟦U+200B⟧b"_s;
    QTest::newRow("no-break space") << QByteArray("a\xC2\xA0"
                                                  "b")
                                    << u"a⟦U+00A0⟧b"_s;
    QTest::newRow("soft hyphen") << QByteArray("a\xC2\xAD"
                                               "b")
                                 << u"a⟦U+00AD⟧b"_s;
    QTest::newRow("hangul filler") << QByteArray("a\xE3\x85\xA4"
                                                 "b")
                                   << u"a⟦U+3164⟧b"_s;
    QTest::newRow("line separator") << QByteArray("a\xE2\x80\xA8"
                                                  "b")
                                    << u"a⟦U+2028⟧b"_s;
    QTest::newRow("nul") << QByteArray("a\0b", 3) << u"a⟦U+0000⟧b"_s;
    QTest::newRow("escape") << QByteArray("a\x1B[31mb") << u"a⟦U+001B⟧[31mb"_s;
    QTest::newRow("lone carriage return") << QByteArray("a\rb") << u"a⟦U+000D⟧b"_s;
    QTest::newRow("invalid byte") << QByteArray("a\xFF"
                                                "b")
                                  << u"a⟦0xFF⟧b"_s;
    QTest::newRow("overlong slash") << QByteArray("a\xC0\xAF"
                                                  "b")
                                    << u"a⟦0xC0⟧⟦0xAF⟧b"_s;
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << u"⟦0xED⟧⟦0xA0⟧⟦0x80⟧"_s;
    QTest::newRow("cut short") << QByteArray("a\xE2\x82") << u"a⟦0xE2⟧⟦0x82⟧"_s;
    QTest::newRow("tag characters") << QByteArray("\xF3\xA0\x81\x81") << u"⟦U+E0041⟧"_s;
    QTest::newRow("a run is counted") << QByteArray(5, '\0') << u"⟦U+0000 ×5⟧"_s;
}

void SafeTextTest::spellsOutWhatCannotBeSeen()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, shown);
    QCOMPARE(makeSafeText(bytes).text, shown);
    QVERIFY(makeSafeText(bytes).isComplete());
}

void SafeTextTest::keepsWhatCanBeSeen()
{
    const QString text = u"SELECT 'Größe €5 漢字 😀';\n\tWHERE a"_s;
    const SafeText shown = makeSafeText(text.toUtf8());
    QCOMPARE(shown.text, text);
    QCOMPARE(shown.chips, 0);
    QCOMPARE(makeSafeText("a\r\nb").text, u"a\nb"_s);
}

void SafeTextTest::cannotBeFooledByTextThatLooksLikeAChip()
{
    QCOMPARE(makeSafeText(u"⟦U+202E⟧"_s.toUtf8()).text, u"⟦U+27E6⟧U+202E⟦U+27E7⟧"_s);
}

void SafeTextTest::findsTheSameByteAgain()
{
    const QByteArray bytes = "a\xE2\x80\xAE"
                             "b\xFF"
                             "c\n\xE2\x82\xAC"
                             "d";
    const SafeText shown = makeSafeText(bytes);
    QCOMPARE(shown.text, u"a⟦U+202E⟧b⟦0xFF⟧c\n€d"_s);
    for (const char letter : QByteArray("abcd")) {
        const qsizetype byte = bytes.lastIndexOf(letter);
        QCOMPARE(shown.text[shown.positionOf(byte)], QLatin1Char(letter));
        QCOMPARE(shown.byteAt(shown.positionOf(byte)), byte);
    }
    QCOMPARE(shown.positionOf(bytes.size()), shown.text.size());
    QCOMPARE(shown.positionOf(-5), 0);
    QCOMPARE(shown.positionOf(1'000'000), shown.text.size());
}

void SafeTextTest::keepsTheOrderOfTheBytes()
{
    const QByteArray bytes = u"x = 'אבג' -- 1"_s.toUtf8();
    const SafeText shown = makeSafeText(bytes);
    QCOMPARE(shown.text, u"x = '\u202Dאבג' -- 1"_s);
    QCOMPARE(shown.text[shown.positionOf(bytes.indexOf("--"))], u'-');
}

void SafeTextTest::cutsLongLinesAndCountsWhatIsHidden()
{
    const QByteArray bytes = QByteArray(25'000, 'x') + "\nDROP TABLE a;";
    const SafeText shown = makeSafeText(bytes);
    QCOMPARE(shown.hiddenCharacters, 15'000);
    QVERIFY(!shown.isComplete());
    QVERIFY(shown.text.contains(u"15,000 characters hidden"_s));
    QVERIFY(shown.text.endsWith(u"\nDROP TABLE a;"_s));
    QCOMPARE(shown.rows.constLast().line, 1);
    QVERIFY(shown.rows[0].plain);
    QVERIFY(shown.rows[1].continued);
    QVERIFY(!shown.rows.constLast().plain);
}

void SafeTextTest::cutsManyLines()
{
    const SafeText shown = makeSafeText(QByteArray(50'000, '\n') + "DROP TABLE a;");
    QCOMPARE(shown.rows.size(), 20'000);
    QCOMPARE(shown.hiddenLines, 30'001);
    QVERIFY(!shown.isComplete());
    QVERIFY(!shown.text.contains("DROP"_L1));
}

void SafeTextTest::showsEverythingOnceAsked()
{
    const QByteArray bytes = QByteArray(50'000, '\n') + QByteArray(25'000, 'x') + "DROP TABLE a;";
    const SafeText shown = makeSafeText(bytes, SafeText::Limits::none());
    QVERIFY(shown.isComplete());
    QVERIFY(QString(shown.text).remove(u'\n').endsWith("DROP TABLE a;"_L1));
    QCOMPARE(shown.text[shown.positionOf(bytes.indexOf("DROP"))], u'D');
}

void SafeTextTest::staysFastForAMegabyteInOneLine()
{
    KSyntaxHighlighting::Repository repository;
    SqlView view(repository);
    view.resize(600, 400);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    const QByteArray line = "SELECT " + QByteArray("1+").repeated(512 * 1024) + "1;";
    QElapsedTimer timer;
    timer.start();
    view.setSource(line);
    QTest::qWait(0);
    QVERIFY2(timer.elapsed() < 2'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!view.isComplete());
    timer.restart();
    view.showAll();
    QTest::qWait(0);
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
    view.grab();
    QVERIFY2(timer.elapsed() < 4'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(view.isComplete());
}

void SafeTextTest::copiesTheBytesAsSubmitted()
{
    KSyntaxHighlighting::Repository repository;
    SqlView view(repository);
    view.setSource("a\xE2\x80\xAE"
                   "b");
    view.jumpTo(0, 5);
    QCOMPARE(view.textCursor().selectedText(), u"a⟦U+202E⟧b"_s);
    view.copy();
    QCOMPARE(QApplication::clipboard()->text(), u"a\u202Eb"_s);
}

QTEST_MAIN(SafeTextTest)
#include "safetexttest.moc"
