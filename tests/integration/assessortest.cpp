// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/console/assessor.h"

#include "core/assessment/analyzerclient.h"
#include "core/database/connection.h"
#include "core/demo/world.h"
#include "tests/support/serverfolder.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;
using namespace std::chrono_literals;

/// What a console is told of actions while catalogues come, change and cannot be had.
class AssessorTest : public QObject
{
    Q_OBJECT

private:
    struct Answer
    {
        Assessment assessment;
        CatalogState catalog;
    };

    static Action action(qint64 id, const QByteArray &sql, const QString &target = u"prod-eu"_s)
    {
        Action action;
        action.id = id;
        action.revision = 1;
        action.sql = sql;
        action.target = target;
        action.state = ActionState::Pending;
        return action;
    }

    QList<Target> targets() const
    {
        return {{u"prod-eu"_s, u"production"_s, m_world->conninfo(u"prod-eu-replica"_s)},
            {u"far"_s, u"production"_s, u"host=/nowhere dbname=shop"_s},
            {u"careless"_s, u"production"_s, m_world->conninfo(u"prod-eu-admin"_s)}};
    }

    std::unique_ptr<Assessor> assessor(const Assessor::Ages &ages = {})
    {
        auto made = std::make_unique<Assessor>(analyzerProgram(), ages);
        connect(made.get(), &Assessor::assessed, this,
            [this](qint64 id, int, const Assessment &assessment, const CatalogState &catalog) {
                m_answers[id].append({assessment, catalog});
            });
        return made;
    }

    bool isSettled(qint64 id) const { return !m_answers[id].isEmpty() && m_answers[id].last().catalog.settled; }

    ServerFolder m_folder;
    std::unique_ptr<World> m_world;
    QHash<qint64, QList<Answer>> m_answers;

private Q_SLOTS:
    void initTestCase()
    {
        auto world = World::create({.directory = m_folder.path(u"world"_s), .scale = 0.01});
        QVERIFY2(world, qUtf8Printable(world ? QString() : world.error().text()));
        m_world = std::move(*world);
    }

    void init() { m_answers.clear(); }

    void theTextIsReadAtOnceAndTheCatalogueLater()
    {
        const auto made = assessor();
        made->take(action(1, "DELETE FROM customers WHERE id = 7"));
        made->assess(1);
        QTRY_COMPARE_WITH_TIMEOUT(m_answers[1].size(), 1, 10'000);
        QVERIFY(!isSettled(1));
        QVERIFY(m_answers[1].first().assessment.catalog.isEmpty());
        QCOMPARE(m_answers[1].first().assessment.level, RiskLevel::Write);
        made->setTargets(targets());
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(1), 20'000);
        const Answer last = m_answers[1].last();
        QCOMPARE(last.catalog.source, u"prod-eu"_s);
        QVERIFY(qAbs(last.catalog.takenAt.secsTo(QDateTime::currentDateTimeUtc())) < 60);
        QVERIFY(last.catalog.unavailable.isEmpty());
        QVERIFY(!last.assessment.catalog.isEmpty());
        QCOMPARE(last.assessment.level, RiskLevel::Destructive); // it cascades
    }

    void oneCatalogueServesAllActionsOfATarget()
    {
        const auto made = assessor();
        made->setTargets(targets());
        for (qint64 id = 1; id <= 20; ++id) {
            made->take(action(id, "SELECT 1"));
            made->assess(id);
        }
        made->assessFirst(7);
        QTRY_VERIFY_WITH_TIMEOUT(
            std::ranges::all_of(
                m_answers, [](const QList<Answer> &answers) { return !answers.last().assessment.catalog.isEmpty(); })
                && m_answers.size() == 20 && isSettled(7),
            20'000);
        QCOMPARE(m_answers[3].last().assessment.catalog, m_answers[7].last().assessment.catalog);
    }

    void aChangedCatalogueIsNoticedByWhoOpensTheAction()
    {
        const auto made = assessor({.opened = 0ms, .queued = 1h});
        made->setTargets(targets());
        made->take(action(1, "DELETE FROM products WHERE sku = 'SKU-0001'"));
        made->assessFirst(1);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(1), 20'000);
        const QString before = m_answers[1].last().assessment.catalog;
        auto admin = Connection::open(m_world->conninfo(u"prod-eu-admin"_s), u"test"_s);
        QVERIFY(admin->runScript(u"CREATE TABLE later (id int)"_s));
        QTRY_VERIFY_WITH_TIMEOUT(
            (made->assessFirst(1), QTest::qWait(200), isSettled(1)) && m_answers[1].last().assessment.catalog != before,
            20'000);
    }

    void whatCannotBeReadIsSaidAndCanStillBeDecided_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("why");
        QTest::newRow("not reachable") << u"far"_s << u"/nowhere"_s;
        QTest::newRow("not known") << u"elsewhere"_s << u"no target"_s;
        QTest::newRow("no standby") << u"careless"_s << u"primary"_s;
    }

    void whatCannotBeReadIsSaidAndCanStillBeDecided()
    {
        QFETCH(QString, target);
        QFETCH(QString, why);
        const auto made = assessor();
        made->setTargets(targets());
        made->take(action(1, "DELETE FROM customers WHERE id = 7", target));
        made->assessFirst(1);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(1), 20'000);
        const Answer last = m_answers[1].last();
        QVERIFY(last.catalog.source.isEmpty());
        QVERIFY2(last.catalog.unavailable.contains(why), qUtf8Printable(last.catalog.unavailable));
        QVERIFY(last.assessment.catalog.isEmpty());
        QCOMPARE(last.assessment.level, RiskLevel::Write);
    }

    void anotherRevisionStartsAnew()
    {
        const auto made = assessor();
        made->setTargets(targets());
        made->take(action(1, "DELETE FROM customers WHERE id = 7"));
        made->assess(1);
        Action revised = action(1, "SELECT 1");
        revised.revision = 2;
        made->take(revised);
        made->assess(1);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(1), 20'000);
        for (const Answer &answer : std::as_const(m_answers[1]))
            QCOMPARE(answer.assessment.level, RiskLevel::Read);
    }

    void cleanupTestCase() { m_world.reset(); }
};

QTEST_GUILESS_MAIN(AssessorTest)
#include "assessortest.moc"
