// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/decision/wordsinput.h"

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

class WordsInputTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void takesWhatIsTyped();
    void editsByKeys();
    void takesComposedText();
    void refusesPasting();
    void refusesDrops();
    void refusesTheMiddleButton();
    void refusesKeysThatNobodyPressed();
    void refusesManyCharactersInOneKey();
    void refusesTextThatNobodyComposed();
    void refusesCompletedPhrases_data();
    void refusesCompletedPhrases();
    void hasNoEditableTextForOthers();

private:
    void compose(const QString &preedit, const QString &commit);

    WordsInput *m_input = nullptr;
};

void WordsInputTest::init()
{
    m_input = new WordsInput;
    m_input->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_input));
    m_input->setFocus();
    QApplication::clipboard()->setText(u"delete 5 orders"_s);
    QApplication::clipboard()->setText(u"delete 5 orders"_s, QClipboard::Selection);
}

void WordsInputTest::cleanup()
{
    delete m_input;
}

void WordsInputTest::takesWhatIsTyped()
{
    QSignalSpy changed(m_input, &WordsInput::wordsChanged);
    QTest::keyClicks(m_input, u"YES, i understand: delete 48,210 Kunden prod-eu"_s);
    QCOMPARE(m_input->words(), u"YES, i understand: delete 48,210 Kunden prod-eu"_s);
    QCOMPARE(changed.size(), m_input->words().size());
    QSignalSpy entered(m_input, &WordsInput::entered);
    QTest::keyClick(m_input, Qt::Key_Return);
    QCOMPARE(entered.size(), 1);
}

void WordsInputTest::editsByKeys()
{
    QTest::keyClicks(m_input, u"abc def"_s);
    QTest::keyClick(m_input, Qt::Key_Backspace);
    QCOMPARE(m_input->words(), u"abc de"_s);
    QTest::keyClick(m_input, Qt::Key_Backspace, Qt::ControlModifier);
    QCOMPARE(m_input->words(), u"abc "_s);
    QTest::keyClick(m_input, Qt::Key_Home);
    QTest::keyClick(m_input, Qt::Key_Delete);
    QTest::keyClicks(m_input, u"x"_s);
    QTest::keyClick(m_input, Qt::Key_Right);
    QTest::keyClicks(m_input, u"y"_s);
    QCOMPARE(m_input->words(), u"xbyc "_s);
    QTest::keyClick(m_input, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_input->words(), u"xbyc "_s);
}

void WordsInputTest::compose(const QString &preedit, const QString &commit)
{
    QInputMethodEvent composing(preedit, {});
    QApplication::sendEvent(m_input, &composing);
    QInputMethodEvent committing;
    committing.setCommitString(commit);
    QApplication::sendEvent(m_input, &committing);
}

void WordsInputTest::takesComposedText()
{
    compose(u"gushi"_s, u"故事"_s);
    QCOMPARE(m_input->words(), u"故事"_s);
    compose({}, u"é"_s);
    QCOMPARE(m_input->words(), u"故事é"_s);
}

void WordsInputTest::refusesPasting()
{
    QTest::keyClick(m_input, Qt::Key_V, Qt::ControlModifier);
    QTest::keyClick(m_input, Qt::Key_Insert, Qt::ShiftModifier);
    QTest::keyClick(m_input, Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_input->words(), QString());
    QTest::mouseClick(m_input, Qt::RightButton);
    QVERIFY(!QApplication::activePopupWidget());
}

void WordsInputTest::refusesDrops()
{
    QMimeData mime;
    mime.setText(u"delete 5 orders"_s);
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_input, &enter);
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_input, &drop);
    QCOMPARE(m_input->words(), QString());
    QVERIFY(!m_input->acceptDrops());
}

void WordsInputTest::refusesTheMiddleButton()
{
    QTest::mouseClick(m_input, Qt::MiddleButton);
    QCOMPARE(m_input->words(), QString());
}

void WordsInputTest::refusesKeysThatNobodyPressed()
{
    QKeyEvent press(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, u"a"_s);
    QApplication::sendEvent(m_input, &press);
    QCOMPARE(m_input->words(), QString());
    QSignalSpy entered(m_input, &WordsInput::entered);
    QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, u"\r"_s);
    QApplication::sendEvent(m_input, &enter);
    QCOMPARE(entered.size(), 0);
}

void WordsInputTest::refusesManyCharactersInOneKey()
{
    QTest::sendKeyEvent(QTest::Press, m_input, Qt::Key_unknown, u"delete 5 orders"_s, Qt::NoModifier);
    QCOMPARE(m_input->words(), QString());
}

void WordsInputTest::refusesTextThatNobodyComposed()
{
    compose({}, u"delete 5 orders"_s);
    QCOMPARE(m_input->words(), QString());
    QTest::keyClicks(m_input, u"ab"_s);
    QInputMethodEvent replacing;
    replacing.setCommitString(u"x"_s, -2, 2);
    QApplication::sendEvent(m_input, &replacing);
    QCOMPARE(m_input->words(), u"ab"_s);
}

void WordsInputTest::refusesCompletedPhrases_data()
{
    QTest::addColumn<QString>("preedit");
    QTest::addColumn<QString>("commit");
    QTest::newRow("whole phrase") << u"d"_s << u"delete 5 orders"_s;
    QTest::newRow("long word") << u"cust"_s << u"customers"_s;
    QTest::newRow("short words") << u"5"_s << u"5 o"_s;
}

void WordsInputTest::refusesCompletedPhrases()
{
    QFETCH(QString, preedit);
    QFETCH(QString, commit);
    compose(preedit, commit);
    QCOMPARE(m_input->words(), QString());
}

void WordsInputTest::hasNoEditableTextForOthers()
{
    QVERIFY(m_input->findChildren<QLineEdit *>().isEmpty());
    QVERIFY(!m_input->metaObject()->userProperty().isValid());
    QVERIFY(!m_input->setProperty("text", u"delete 5 orders"_s));
    QCOMPARE(m_input->words(), QString());
}

QTEST_MAIN(WordsInputTest)
#include "wordsinputtest.moc"
