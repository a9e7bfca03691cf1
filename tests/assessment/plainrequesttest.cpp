// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/plainrequest.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

/// What is read without a document must be what a document would have said.
class PlainRequestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPlainLineIsReadAsADocumentWouldReadIt_data()
    {
        QTest::addColumn<QByteArray>("id");
        const auto row = [](const char *line, const char *id) { QTest::newRow(line) << QByteArray(id); };
        row("{\"id\":1,\"sql\":\"SELECT 1\"}", "1");
        row(" { \"sql\" : \"a \\\"b\\\" \\\\ \\/ \\b\\f\\n\\r\\t\" , \"id\" : \"x y\" } ", "\"x y\"");
        row("{\"id\":18446744073709551616,\"sql\":\"é 𝄞\"}", "18446744073709551616");
        row("{\"id\":0,\"sql\":\"\"}", "0");
    }

    void aPlainLineIsReadAsADocumentWouldReadIt()
    {
        QFETCH(QByteArray, id);
        const QByteArray line = QTest::currentDataTag();
        const auto request = plainRequest(line);
        QVERIFY(request);
        QCOMPARE(request->id, id);
        QCOMPARE(textOf(*request), QJsonDocument::fromJson(line).object()[u"sql"_s].toString().toUtf8());
    }

    /// A document would drop it, and the bytes that are analysed would not be those that were submitted.
    void aByteOrderMarkInATextIsKept()
    {
        const QByteArray line = "{\"id\":0,\"sql\":\"\xEF\xBB\xBFSELECT 1\"}";
        const auto request = plainRequest(line);
        QVERIFY(request);
        QCOMPARE(textOf(*request), QByteArray("\xEF\xBB\xBFSELECT 1"));
    }

    void anyOtherLineIsLeftToTheDocument_data()
    {
        QTest::addColumn<int>("unused");
        for (const char *line : {"", "{}", "nonsense", "{\"id\":1}", "{\"sql\":\"x\"}", "{\"id\":01,\"sql\":\"x\"}",
                 "{\"id\":-1,\"sql\":\"x\"}", "{\"id\":1.5,\"sql\":\"x\"}", "{\"id\":null,\"sql\":\"x\"}",
                 "{\"id\":1,\"sql\":\"\\u0041\"}", "{\"id\":1,\"sql\":\"\\x\"}", "{\"id\":1,\"sql\":\"x\"}}",
                 "{\"id\":1,\"sql\":\"x\",}", "{\"id\":1,\"id\":2,\"sql\":\"x\"}",
                 "{\"id\":1,\"sql\":\"x\",\"more\":1}", "{\"id\":\"\\n\",\"sql\":\"x\"}", "{\"id\":1,\"sql\":\"x",
                 "{\"id\":1,\"sql\":\"x\\", "{\"id\":1 \"sql\":\"x\"}", "{\"id\":1,\"sql\":\"\t\"}",
                 "{\"id\":1,\"sql\":\"\xFF\"}", "{\"id\":1,\"sql\":\"\xED\xA0\x80\"}"})
            QTest::newRow(line) << 0;
    }

    void anyOtherLineIsLeftToTheDocument() { QVERIFY(!plainRequest(QTest::currentDataTag())); }
};

QTEST_GUILESS_MAIN(PlainRequestTest)
#include "plainrequesttest.moc"
