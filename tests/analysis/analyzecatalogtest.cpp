// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/connection.h"
#include "core/demo/localcluster.h"
#include "tests/support/serverfolder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

constexpr auto schema = R"(
CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers ON DELETE CASCADE);
)"_L1;

struct Run
{
    int status = -1;
    QByteArray out;
    QByteArray err;

    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

Run analyze(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.start(u"holdpointctl"_s, QStringList{u"analyze"_s} + arguments);
    process.waitForStarted();
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(60'000);
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

const QByteArray cascades = "DELETE FROM customers WHERE id = 7";
const QString nowhere = u"host=/nowhere dbname=shop"_s;

} // namespace

/// holdpointctl analyze --catalog, on a real server and on none.
class AnalyzeCatalogTest : public QObject
{
    Q_OBJECT

private:
    QString conninfo() const { return m_server->superuserConninfo(); }

    ServerFolder m_folder;
    std::unique_ptr<LocalCluster> m_server;

private Q_SLOTS:
    void initTestCase()
    {
        auto server = LocalCluster::create({.directory = m_folder.path(u"server"_s)});
        QVERIFY2(server, qUtf8Printable(server ? QString() : server.error().text()));
        m_server = std::move(*server);
        auto admin = Connection::open(conninfo(), u"test"_s);
        QVERIFY(admin && admin->runScript(schema));
    }

    void theCatalogueShowsWhatTheTextHides()
    {
        QCOMPARE(analyze({}, cascades).status, 0);
        const Run run = analyze({u"--catalog"_s, conninfo()}, cascades);
        QCOMPARE(run.status, 1);
        QVERIFY(run.out.contains("[fk-cascade]"));
        QVERIFY(run.err.isEmpty());
    }

    void theLastLineSaysWhatItWasReadWith()
    {
        const auto lastLine = [](const Run &run) { return run.out.trimmed().split('\n').last(); };
        const QByteArray with = lastLine(analyze({u"--catalog"_s, conninfo()}, cascades));
        QVERIFY2(with.startsWith("with the catalogue of postgres on this machine, port ") && with.endsWith(" s ago"),
            with.constData());
        QVERIFY(lastLine(analyze({}, cascades)).startsWith("without a catalogue"));
    }

    void jsonSarifAndBatchNameTheCatalogue()
    {
        const QString id =
            analyze({u"--format"_s, u"json"_s, u"--catalog"_s, conninfo()}, cascades).json()[u"catalog"_s].toString();
        QCOMPARE(id.size(), 16);
        const QJsonObject batch =
            analyze({u"--batch"_s, u"--catalog"_s, conninfo()}, "{\"id\":1,\"sql\":\"" + cascades + "\"}\n").json();
        QCOMPARE(batch[u"catalog"_s].toString(), id);
        QCOMPARE(batch[u"level"_s].toString(), u"destructive"_s);
        const QJsonObject sarif = analyze({u"--format"_s, u"sarif"_s, u"--catalog"_s, conninfo()}, cascades)
                                      .json()[u"runs"_s][0][u"properties"_s]
                                      .toObject();
        QCOMPARE(sarif[u"catalog"_s].toString(), id);
        QVERIFY(sarif[u"catalogSource"_s].toString().startsWith(u"postgres on this machine"_s));
        QVERIFY(QDateTime::fromString(sarif[u"catalogTakenAt"_s].toString(), Qt::ISODate).isValid());
        QVERIFY(analyze({u"--format"_s, u"json"_s}, cascades).json()[u"catalog"_s].isNull());
    }

    void aCatalogueOutOfReachIsMarkedInEveryOutput()
    {
        const QStringList catalog{u"--catalog"_s, nowhere};
        const Run text = analyze(catalog, cascades);
        QCOMPARE(text.status, 2);
        QCOMPARE(text.err.count('\n'), 1);
        QVERIFY(text.err.contains("cannot be read") && text.err.contains("check host, port"));
        QVERIFY(text.out.contains("-: write"));
        QVERIFY(text.out.trimmed().split('\n').last().startsWith("without the catalogue, which could not be read"));
        const Run json = analyze(catalog + QStringList{u"--format"_s, u"json"_s}, "DROP TABLE customers");
        QCOMPARE(json.status, 2);
        QCOMPARE(json.json()[u"level"_s].toString(), u"destructive"_s);
        QVERIFY(json.json()[u"catalog"_s].isNull() && json.json().contains(u"catalog"_s));
        QVERIFY(json.json()[u"catalog_error"_s].toString().contains(u"/nowhere"_s));
        const Run batch = analyze(catalog + QStringList{u"--batch"_s}, "{\"id\":1,\"sql\":\"SELECT 1\"}\n");
        QCOMPARE(batch.status, 2);
        QVERIFY(batch.json()[u"catalog_error"_s].toString().contains(u"/nowhere"_s));
        const Run sarif = analyze(catalog + QStringList{u"--format"_s, u"sarif"_s}, cascades);
        QCOMPARE(sarif.status, 2);
        const QJsonObject properties = sarif.json()[u"runs"_s][0][u"properties"_s].toObject();
        QVERIFY(properties[u"catalog"_s].isNull());
        QVERIFY(properties[u"catalogError"_s].toString().contains(u"/nowhere"_s));
    }

    void aPasswordInTheConnectionStringIsRefused()
    {
        const Run run = analyze({u"--catalog"_s, u"postgresql://me:secret@localhost/shop"_s}, cascades);
        QCOMPARE(run.status, 2);
        QVERIFY(run.out.isEmpty());
        QVERIFY(run.err.contains("must not hold a password") && !run.err.contains("secret"));
    }

    void cleanupTestCase() { m_server.reset(); }
};

QTEST_GUILESS_MAIN(AnalyzeCatalogTest)
#include "analyzecatalogtest.moc"
