// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/trial.h"

#include <QJsonArray>
#include <QtTest>

using namespace holdpoint;
using namespace Qt::StringLiterals;

namespace {

TrialResult everything()
{
    TrialResult result;
    result.outcome = TrialResult::Outcome::Failed;
    result.detail = u"Größe"_s;
    result.statements = {{u"DELETE"_s, 3, 1.25, {{u"public.orders"_s, 9}}}, {u"DROP TABLE"_s, std::nullopt, 0, {}}};
    result.changesAtEnd = {{u"public.balances"_s, 2}};
    result.error = TrialError{1, u"no such column"_s, u"look again"_s, u"42703"_s, 12};
    result.triggers = {
        {u"public.orders"_s, u"audit"_s, u"public.f"_s, 4}, {u"public.orders"_s, u"b"_s, u"public.g"_s, {}}};
    result.rowsChanged = 11;
    result.milliseconds = 7.5;
    SandboxVerdict verdict;
    verdict.tables = {{u"public.orders"_s, 10, std::nullopt, true}, {u"public.old"_s, {}, 5, std::nullopt}};
    verdict.differences = {{u"public.orders"_s, u"column a"_s, u"int"_s, u"missing"_s}};
    verdict.moreDifferences = 3;
    verdict.age = SandboxVerdict::Age::Commits;
    verdict.dataAt = QDateTime::fromMSecsSinceEpoch(1'800'000'000'123, QTimeZone::UTC);
    result.verdict = verdict;
    return result;
}

/// Every way in which one member is missing or of another type, however deep.
QList<QJsonValue> spoilt(const QJsonValue &value)
{
    QList<QJsonValue> variants;
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const QString &key : object.keys()) {
            QJsonObject without = object;
            without.remove(key);
            variants.append(without);
            QJsonObject other = object;
            other[key] = QJsonArray{QJsonArray()};
            variants.append(other);
            for (const QJsonValue &inner : spoilt(object[key])) {
                QJsonObject changed = object;
                changed[key] = inner;
                variants.append(changed);
            }
        }
    }
    if (value.isArray())
        for (qsizetype i = 0; i < value.toArray().size(); ++i)
            for (const QJsonValue &inner : spoilt(value.toArray()[i])) {
                QJsonArray changed = value.toArray();
                changed[i] = inner;
                variants.append(changed);
            }
    return variants;
}

} // namespace

class TrialValuesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aResultSurvivesJson()
    {
        QCOMPARE(trialResultFromJson(toJson(everything())), (std::expected<TrialResult, QString>(everything())));
        TrialResult bare;
        QCOMPARE(trialResultFromJson(toJson(bare)), (std::expected<TrialResult, QString>(bare)));
    }

    void aDoubtfulResultIsNone()
    {
        const QList<QJsonValue> variants = spoilt(toJson(everything()));
        QVERIFY(variants.size() > 60);
        for (const QJsonValue &variant : variants)
            QVERIFY2(!trialResultFromJson(variant.toObject()),
                QJsonDocument(variant.toObject()).toJson(QJsonDocument::Compact).constData());
    }

    void wordsAndFiguresThatDoNotFitAreNone_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("outcome") << u"outcome"_s << QJsonValue(u"fine"_s);
        QTest::newRow("less than no rows") << u"rows_changed"_s << QJsonValue(-1);
        QTest::newRow("half a row") << u"rows_changed"_s << QJsonValue(0.5);
        QTest::newRow("less than no time") << u"milliseconds"_s << QJsonValue(-1);
        QTest::newRow("a failure without an error") << u"error"_s << QJsonValue();
    }

    void wordsAndFiguresThatDoNotFitAreNone()
    {
        QFETCH(const QString, key);
        QFETCH(const QJsonValue, value);
        QJsonObject json = toJson(everything());
        json[key] = value;
        QVERIFY(!trialResultFromJson(json));
    }

    void unknownIsNeverEmpty()
    {
        QCOMPARE(everything().verdict->emptyTables(), QStringList{u"public.orders"_s});
        TrialResult result = everything();
        result.outcome = TrialResult::Outcome::Ran;
        result.rowsChanged.reset();
        QVERIFY(!result.changedNothing());
        result.rowsChanged = 0;
        QVERIFY(result.changedNothing());
    }

    void everyStateHasAWordOfItsOwn()
    {
        for (const TrialState state :
            {TrialState::Requested, TrialState::Running, TrialState::Finished, TrialState::Lost})
            QCOMPARE(trialStateFromWord(toWord(state)), std::optional(state));
        QCOMPARE(trialStateFromWord(u"done"_s), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TrialValuesTest)
#include "trialvaluestest.moc"
