// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/confirmationphrase.h"
#include "tests/store/storefixture.h"

#include <QtTest>

using namespace holdpoint;
using namespace Qt::StringLiterals;

/// The store and the console must want the same words, or a person types the right ones in vain.
class StorePhraseTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theStoreJudgesWordsAsTheConsoleDoes_data();
    void theStoreJudgesWordsAsTheConsoleDoes();
    void everyTableThatCanBeTypedIsAccepted();
    void everyDigitOfUnicodeIsADigitToTheStore();

private:
    bool storeMatches(const QString &typed, const Evidence &evidence);

    std::unique_ptr<StoreFixture> m_store;
    std::optional<Connection> m_connection;
};

void StorePhraseTest::initTestCase()
{
    m_store = StoreFixture::create();
    QVERIFY(m_store);
    m_store->renew();
    m_connection = m_store->superuser();
}

bool StorePhraseTest::storeMatches(const QString &typed, const Evidence &evidence)
{
    const QString json = QString::fromUtf8(QJsonDocument(toJson(evidence)).toJson(QJsonDocument::Compact));
    const auto rows = m_connection->run(u"SELECT holdpoint.words_match(?, ?::jsonb) AS yes"_s, {typed, json});
    if (!rows)
        qFatal("%s", qUtf8Printable(rows.error().text()));
    return rows->first().flag(u"yes"_s);
}

void StorePhraseTest::theStoreJudgesWordsAsTheConsoleDoes_data()
{
    QTest::addColumn<QString>("typed");
    for (const QString &typed : {u"YES, I UNDERSTAND: delete 48210 customers prod-eu"_s,
             u"yes, i understand: DELETE 48,210 CUSTOMERS PROD-EU"_s,
             u" YES,  I UNDERSTAND:\tdelete 48'210 customers prod-eu "_s,
             u"YES, I UNDERSTAND: delete 48.210 customers prod-eu"_s,
             u"YES, I UNDERSTAND: delete 48\u202F210 customers prod-eu"_s,
             u"YES, I UNDERSTAND: delete 48\u00A0210 customers prod-eu"_s,
             u"YES, I UNDERSTAND: delete 48\u2009210 customers prod-eu"_s,
             u"YES, I UNDERSTAND: delete 48\u2019210 customers prod-eu"_s,
             u"YES, I UNDERSTAND: delete ٤٨٬٢١٠ customers prod-eu"_s,
             u"ＹＥＳ, I UNDERSTAND: ｄｅｌｅｔｅ ４８２１０ customers prod-eu"_s,
             u"YES, I UNDERSTAND:\u2028delete 48210 customers\u3000prod-eu"_s, u""_s, u"release"_s,
             u"YES, I UNDERSTAND:"_s, u"YES, I UNDERSTAND: delete 48 210 customers prod-eu"_s,
             u"YES, I UNDERSTAND: delete 48210, customers prod-eu"_s,
             u"YES, I UNDERSTAND: delete 48210.0 customers prod-eu"_s,
             u"YES, I UNDERSTAND: delete 048210 customers prod-eu"_s, u"YES, I UNDERSTAND: delete 48210 customers"_s,
             u"YES, I UNDERSTAND: delete 48210 customers prod-eu!"_s,
             u"YES, I UNDERSTAND: delete 48210 custo\u200Bmers prod-eu"_s,
             u"YES, I UNDERSTAND: delete unknown customers prod-eu"_s,
             u"YES, I UNDERSTAND: delete 48210 сustomers prod-eu"_s})
        QTest::addRow("%s", typed.toUtf8().constData()) << typed;
}

void StorePhraseTest::theStoreJudgesWordsAsTheConsoleDoes()
{
    QFETCH(QString, typed);
    for (const RiskLevel level : {RiskLevel::Read, RiskLevel::Write, RiskLevel::Destructive, RiskLevel::Critical}) {
        Evidence evidence{.level = level,
            .verb = u"delete"_s,
            .count = 48210,
            .table = u"customers"_s,
            .target = u"prod-eu"_s,
            .totalRows = {},
            .countKind = u"exact"_s};
        QCOMPARE(storeMatches(typed, evidence), ConfirmationPhrase(evidence).matches(typed));
        evidence.count.reset();
        QCOMPARE(storeMatches(typed, evidence), ConfirmationPhrase(evidence).matches(typed));
    }
}

void StorePhraseTest::everyTableThatCanBeTypedIsAccepted()
{
    for (const QString &table :
        {u"customers"_s, u"\"public\".\"x  y\""_s, u"\"Größe\""_s, u"STRASSE ẞ ß"_s, u"ΣΊΣΥΦΟΣ"_s, u"İstanbul ı"_s,
            u"ﬁle"_s, u"t１"_s, u"v1.2 3"_s, u"e\u0301"_s, u"🙂"_s, u""_s, u"  "_s, u"a\u00A01"_s, u"1\u00A01"_s}) {
        const Evidence evidence{.level = RiskLevel::Critical,
            .verb = u"drop"_s,
            .count = {},
            .table = table,
            .target = u"prod-eu"_s,
            .totalRows = {},
            .countKind = u"unknown"_s};
        const QString text = ConfirmationPhrase(evidence).text();
        for (const QString &typed : {text, text.toUpper(), text.toLower(), text.toCaseFolded()})
            if (ConfirmationPhrase(evidence).matches(typed))
                QVERIFY2(storeMatches(typed, evidence), qUtf8Printable(typed));
        QVERIFY2(storeMatches(text, evidence), qUtf8Printable(text));
    }
}

void StorePhraseTest::everyDigitOfUnicodeIsADigitToTheStore()
{
    QString digits;
    QString plain;
    for (char32_t c = 0; c <= QChar::LastValidCodePoint; ++c)
        if (QChar::category(c) == QChar::Number_DecimalDigit) {
            digits += QString::fromUcs4(&c, 1);
            plain += QChar(u'0' + QChar::digitValue(c));
        }
    QVERIFY(plain.size() > 600);
    const auto rows = m_connection->run(u"SELECT holdpoint.with_ascii_digits(?) AS digits"_s, {digits});
    QCOMPARE(rows->first().text(u"digits"_s), plain);
}

QTEST_GUILESS_MAIN(StorePhraseTest)
#include "storephrasetest.moc"
