// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/confirmationphrase.h"

#include <QtTest>

using namespace holdpoint;
using namespace Qt::StringLiterals;

namespace {

Evidence evidence(RiskLevel level, std::optional<qint64> count = 48210, const QString &table = u"customers"_s)
{
    return {.level = level,
        .verb = u"delete"_s,
        .count = count,
        .table = table,
        .target = u"prod-eu"_s,
        .totalRows = count,
        .countKind = u"exact"_s};
}

} // namespace

class ConfirmationPhraseTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theLevelMakesTheWords_data();
    void theLevelMakesTheWords();
    void theFormShowsBlanksAndNoAnswers();
    void spellingThatMeansTheSameMatches_data();
    void spellingThatMeansTheSameMatches();
    void anythingElseIsAMistake_data();
    void anythingElseIsAMistake();
    void whatIsNotKnownIsTypedUnknown();
    void aTableOfSeveralWordsIsTypedWhole();
    void separatorsCountOnlyInTheCount();
    void everyDigitOfUnicodeIsADigit();
};

void ConfirmationPhraseTest::theLevelMakesTheWords_data()
{
    QTest::addColumn<int>("level");
    QTest::addColumn<QString>("words");
    QTest::newRow("read") << int(RiskLevel::Read) << u"release"_s;
    QTest::newRow("write") << int(RiskLevel::Write) << u"delete 48210 customers"_s;
    QTest::newRow("destructive") << int(RiskLevel::Destructive) << u"YES, I UNDERSTAND: delete 48210 customers"_s;
    QTest::newRow("critical") << int(RiskLevel::Critical) << u"YES, I UNDERSTAND: delete 48210 customers prod-eu"_s;
}

void ConfirmationPhraseTest::theLevelMakesTheWords()
{
    QFETCH(int, level);
    QFETCH(QString, words);
    const ConfirmationPhrase phrase(evidence(RiskLevel(level)));
    QCOMPARE(phrase.text(), words);
    QVERIFY(phrase.matches(words));
}

void ConfirmationPhraseTest::theFormShowsBlanksAndNoAnswers()
{
    QCOMPARE(ConfirmationPhrase(evidence(RiskLevel::Critical)).form(),
        u"YES, I UNDERSTAND: [verb] [count] [table] [target]"_s);
    QCOMPARE(ConfirmationPhrase(evidence(RiskLevel::Write)).form(), u"[verb] [count] [table]"_s);
    QCOMPARE(ConfirmationPhrase(evidence(RiskLevel::Read)).form(), u"release"_s);
}

void ConfirmationPhraseTest::spellingThatMeansTheSameMatches_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("lower case") << u"yes, i understand: delete 48210 customers prod-eu"_s;
    QTest::newRow("upper case") << u"YES, I UNDERSTAND: DELETE 48210 CUSTOMERS PROD-EU"_s;
    QTest::newRow("blanks around and between") << u"  YES,  I UNDERSTAND:\tdelete  48210 customers   prod-eu "_s;
    for (const QChar separator : u",.'\u00A0\u2009\u2019\u202F\u066C"_s)
        QTest::addRow("grouped by U+%04X", separator.unicode())
            << u"YES, I UNDERSTAND: delete 48"_s + separator + u"210 customers prod-eu"_s;
    QTest::newRow("full-width letters and digits") << u"YES, I UNDERSTAND: ｄｅｌｅｔｅ ４８２１０ customers prod-eu"_s;
    QTest::newRow("Arabic digits") << u"YES, I UNDERSTAND: delete ٤٨٬٢١٠ customers prod-eu"_s;
    QTest::newRow("no-break spaces") << u"YES, I UNDERSTAND:\u00A0delete\u00A048210\u00A0customers\u00A0prod-eu"_s;
}

void ConfirmationPhraseTest::spellingThatMeansTheSameMatches()
{
    QFETCH(QString, typed);
    const ConfirmationPhrase phrase(evidence(RiskLevel::Critical));
    QCOMPARE(phrase.firstMistake(typed), QString());
    QVERIFY(phrase.matches(typed));
}

void ConfirmationPhraseTest::anythingElseIsAMistake_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("mistake");
    QTest::newRow("nothing") << u""_s << u"stem"_s;
    QTest::newRow("stem half typed") << u"YES, I"_s << u"stem"_s;
    QTest::newRow("stem left out") << u"delete 48210 customers prod-eu"_s << u"stem"_s;
    QTest::newRow("stem alone") << u"YES, I UNDERSTAND:"_s << u"stem"_s;
    QTest::newRow("another verb") << u"YES, I UNDERSTAND: update 48210 customers prod-eu"_s << u"verb"_s;
    QTest::newRow("verb runs on") << u"YES, I UNDERSTAND: deleted 48210 customers prod-eu"_s << u"verb"_s;
    QTest::newRow("one row less") << u"YES, I UNDERSTAND: delete 48209 customers prod-eu"_s << u"count"_s;
    QTest::newRow("a digit more") << u"YES, I UNDERSTAND: delete 482100 customers prod-eu"_s << u"count"_s;
    QTest::newRow("a decimal") << u"YES, I UNDERSTAND: delete 48210.0 customers prod-eu"_s << u"count"_s;
    QTest::newRow("separator at the end") << u"YES, I UNDERSTAND: delete 48210, customers prod-eu"_s << u"count"_s;
    QTest::newRow("unknown where it is known")
        << u"YES, I UNDERSTAND: delete unknown customers prod-eu"_s << u"count"_s;
    QTest::newRow("a plain space in the count")
        << u"YES, I UNDERSTAND: delete 48 210 customers prod-eu"_s << u"count"_s;
    QTest::newRow("another table") << u"YES, I UNDERSTAND: delete 48210 orders prod-eu"_s << u"table"_s;
    QTest::newRow("a letter from another script")
        << u"YES, I UNDERSTAND: delete 48210 сustomers prod-eu"_s << u"table"_s;
    QTest::newRow("target missing") << u"YES, I UNDERSTAND: delete 48210 customers"_s << u"table"_s;
    QTest::newRow("another target") << u"YES, I UNDERSTAND: delete 48210 customers prod-us"_s << u"target"_s;
    QTest::newRow("words behind") << u"YES, I UNDERSTAND: delete 48210 customers prod-eu now"_s << u"target"_s;
}

void ConfirmationPhraseTest::anythingElseIsAMistake()
{
    QFETCH(QString, typed);
    QFETCH(QString, mistake);
    const ConfirmationPhrase phrase(evidence(RiskLevel::Critical));
    QCOMPARE(phrase.firstMistake(typed), mistake);
    QVERIFY(!phrase.matches(typed));
}

void ConfirmationPhraseTest::whatIsNotKnownIsTypedUnknown()
{
    Evidence nothingKnown = evidence(RiskLevel::Critical, std::nullopt, {});
    nothingKnown.verb = u" "_s;
    const ConfirmationPhrase phrase(nothingKnown);
    QCOMPARE(phrase.text(), u"YES, I UNDERSTAND: unknown unknown unknown prod-eu"_s);
    QVERIFY(phrase.matches(phrase.text()));
    QCOMPARE(phrase.firstMistake(u"YES, I UNDERSTAND: unknown 0 unknown prod-eu"_s), u"count"_s);
}

void ConfirmationPhraseTest::aTableOfSeveralWordsIsTypedWhole()
{
    const ConfirmationPhrase phrase(evidence(RiskLevel::Critical, 3, u"\"public\".\"x  y\""_s));
    QVERIFY(phrase.matches(u"yes, i understand: delete 3 \"public\".\"x y\" prod-eu"_s));
    QCOMPARE(phrase.firstMistake(u"yes, i understand: delete 3 \"public\".\"x\" prod-eu"_s), u"table"_s);
}

void ConfirmationPhraseTest::separatorsCountOnlyInTheCount()
{
    const ConfirmationPhrase phrase(evidence(RiskLevel::Write, 1000, u"v1.2"_s));
    QVERIFY(phrase.matches(u"delete 1,000 v1.2"_s));
    QCOMPARE(phrase.firstMistake(u"delete 1,000 v12"_s), u"table"_s);
    QCOMPARE(phrase.firstMistake(u"delete 1,000 v1,2"_s), u"table"_s);
}

void ConfirmationPhraseTest::everyDigitOfUnicodeIsADigit()
{
    const ConfirmationPhrase phrase(evidence(RiskLevel::Write, 7));
    int found = 0;
    for (char32_t c = 0; c <= QChar::LastValidCodePoint; ++c) {
        if (QChar::category(c) != QChar::Number_DecimalDigit)
            continue;
        const bool seven = QChar::digitValue(c) == 7;
        QCOMPARE(phrase.matches(u"delete %1 customers"_s.arg(QString::fromUcs4(&c, 1))), seven);
        found += seven;
    }
    QVERIFY(found > 60);
}

QTEST_APPLESS_MAIN(ConfirmationPhraseTest)
#include "confirmationphrasetest.moc"
