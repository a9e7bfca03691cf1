// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0

#include "core/database/conninfo.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

class ConninfoTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothFormsOfLibpqAreRead()
    {
        const auto pairs = parseConninfo(u"host=db.example port=5433 dbname=shop user=maria sslmode=require"_s, u"x"_s);
        const auto uri = parseConninfo(u"postgresql://maria@db.example:5433/shop?sslmode=require"_s, u"x"_s);
        QVERIFY(pairs && uri);
        QCOMPARE(*pairs, *uri);
        QCOMPARE(pairs->host, u"db.example"_s);
        QCOMPARE(pairs->port, 5433);
        QVERIFY(pairs->options.contains(u"sslmode='require'"_s));
        QVERIFY(pairs->options.contains(u"application_name='holdpoint/x'"_s));
    }

    void aPasswordIsRefusedAndNotRepeated_data()
    {
        QTest::addColumn<QString>("conninfo");
        QTest::newRow("pairs") << u"host=h password=s3cret"_s;
        QTest::newRow("of a key") << u"host=h sslpassword=s3cret"_s;
        QTest::newRow("uri") << u"postgresql://maria:s3cret@h/shop"_s;
        QTest::newRow("unreadable") << u"host=h password='s3cret"_s;
    }

    void aPasswordIsRefusedAndNotRepeated()
    {
        QFETCH(const QString, conninfo);
        const auto parsed = parseConninfo(conninfo, u"x"_s);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, Error::Code::Invalid);
        QVERIFY(!parsed.error().remedy.isEmpty());
        QVERIFY(!parsed.error().text().contains(u"s3cret"_s));
    }

    void valuesAreQuotedForTheDriver()
    {
        const auto parsed = parseConninfo(u"service=x passfile='/a b/it\\'s'"_s, u"x"_s);
        QVERIFY(parsed);
        QVERIFY2(parsed->options.contains(u"passfile='/a b/it\\'s'"_s), qUtf8Printable(parsed->options));
        QVERIFY(!parseConninfo(u"passfile='/a;b'"_s, u"x"_s));
    }

    void severalHostsKeepTheirPorts()
    {
        const auto parsed = parseConninfo(u"host=a,b port=1,2"_s, u"x"_s);
        QVERIFY(parsed);
        QCOMPARE(parsed->host, u"a,b"_s);
        QCOMPARE(parsed->port, -1);
        QVERIFY(parsed->options.contains(u"port='1,2'"_s));
    }
};

QTEST_GUILESS_MAIN(ConninfoTest)
#include "conninfotest.moc"
