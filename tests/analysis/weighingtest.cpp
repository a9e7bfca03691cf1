// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis.h"
#include "core/analysis/catalog.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

QJsonObject column(
    const QString &name, const QStringList &common, const QList<double> &shares, const QStringList &bounds)
{
    QJsonArray frequencies;
    for (const double share : shares)
        frequencies.append(share);
    return {{u"name"_s, name}, {u"type"_s, u"text"_s}, {u"type_oid"_s, 25}, {u"not_null"_s, true}, {u"null_frac"_s, 0},
        {u"distinct"_s, common.isEmpty() ? -1.0 : double(common.size())},
        {u"common"_s, QJsonArray::fromStringList(common)}, {u"frequencies"_s, frequencies},
        {u"bounds"_s, QJsonArray::fromStringList(bounds)}};
}

/// A table of 250 people, as ANALYZE describes it.
std::shared_ptr<const Catalog> people()
{
    QStringList emails, keys;
    for (int number = 1; number <= 249; number += 2) {
        emails.append(u"user%1@example.org"_s.arg(number, 3, 10, QChar(u'0')));
        keys.append(QString::number(number));
    }
    QJsonObject id = column(u"id"_s, {}, {}, keys);
    id[u"type"_s] = u"integer"_s;
    id[u"type_oid"_s] = 23;
    const QJsonObject table{{u"oid"_s, 20000}, {u"schema"_s, u"public"_s}, {u"name"_s, u"people"_s},
        {u"kind"_s, u"r"_s}, {u"rows"_s, 250},
        {u"columns"_s,
            QJsonArray{id, column(u"email"_s, {}, {}, emails),
                column(u"status"_s, {u"Open"_s, u"closed"_s, u"lost"_s}, {0.5, 0.45, 0.05}, {})}},
        {u"keys"_s, QJsonArray{QJsonArray{u"id"_s}}}};
    QJsonObject snapshot{
        {u"version"_s, 1}, {u"search_path"_s, QJsonArray{u"public"_s}}, {u"relations"_s, QJsonArray{table}}};
    for (const char *empty : {"foreign_keys", "routines", "types", "operators", "casts", "dependents"})
        snapshot[QLatin1StringView(empty)] = QJsonArray();
    return Catalog::fromJson(QJsonDocument(snapshot).toJson()).value_or(nullptr);
}

} // namespace

/// Conditions held against what ANALYZE has found.
class WeighingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theShareOfTheRowsDecides_data()
    {
        QTest::addColumn<RiskLevel>("level");
        const auto row = [](const char *where, RiskLevel level) { QTest::newRow(where) << level; };
        const RiskLevel narrow = RiskLevel::Write, broad = RiskLevel::Destructive;
        row("id IN (SELECT id FROM people ORDER BY id LIMIT 240)", broad);
        row("ctid IN (SELECT ctid FROM people LIMIT 240)", broad);
        row("id IN (SELECT id FROM people WHERE email = 'x' LIMIT 240)", narrow);
        row("id IN (SELECT id FROM people ORDER BY id LIMIT 40)", narrow);
        row("email >= 'user' AND email < 'uses'", broad);
        row("email BETWEEN 'user' AND 'uses'", broad);
        row("email >= 'user001' AND email < 'user011'", narrow);
        row("email >= 'userx' AND email < 'uses'", narrow);
        row("status = 'Open'", broad);
        row("lower(status) = 'open'", broad);
        row("lower(status) = 'lost'", narrow);
        row("upper(status) IN ('LOST', 'GONE')", narrow);
        row("upper(status) IN ('LOST', 'OPEN')", broad);
        row("lower(email) = 'user001@example.org'", narrow);
        row("trim(email) = 'x'", narrow);
        row("left(email, 4) = 'user'", broad);
    }

    void theShareOfTheRowsDecides()
    {
        QFETCH(RiskLevel, level);
        static const std::shared_ptr<const Catalog> catalog = people();
        QVERIFY(catalog);
        const Assessment assessment =
            analyse(QByteArray("DELETE FROM people WHERE ") + QTest::currentDataTag(), catalog.get());
        QCOMPARE(assessment.level, level);
    }

    void aConditionThatTakesTooLongToWeighIsBroad()
    {
        const auto catalog = people();
        QVERIFY(catalog);
        QByteArray where = "id = 1";
        for (int level = 0; level < 300; ++level)
            where = "NOT (email = 'a' AND status = 'lost' AND " + where + ")";
        QByteArray script;
        for (int copy = 0; copy < 16; ++copy)
            script += "DELETE FROM people WHERE " + where + ";";
        const Assessment assessment = analyse(script + "DELETE FROM people WHERE status = 'lost'", catalog.get());
        QCOMPARE(assessment.statements.size(), 17);
        QCOMPARE(assessment.statements.last().level, RiskLevel::Destructive);
    }

    void everyUnknownColumnIsReported()
    {
        const auto catalog = people();
        QVERIFY(catalog);
        QByteArrayList columns;
        for (int number = 0; number < 20'000; ++number)
            columns.append("nosuch" + QByteArray::number(number));
        const Assessment assessment = analyse("SELECT " + columns.join(',') + " FROM people", catalog.get());
        QCOMPARE(assessment.statements.constFirst().findings.size(), columns.size());
    }
};

QTEST_GUILESS_MAIN(WeighingTest)
#include "weighingtest.moc"
