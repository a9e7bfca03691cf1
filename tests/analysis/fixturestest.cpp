// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis.h"
#include "core/analysis/catalog.h"
#include "core/analysis/rule.h"
#include "tests/analysis/fixture.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

/// The catalogue of the demo's schema, as the catalogue reader gave it; PostgreSQL's own relations are left out.
std::shared_ptr<const Catalog> demoCatalog()
{
    QFile file(QStringLiteral(FIXTURES "/catalog.json"));
    const auto catalog = file.open(QIODevice::ReadOnly) ? Catalog::fromJson(file.readAll()) : Catalog::fromJson({});
    return catalog ? *catalog : nullptr;
}

/// The one place that decides what a fixture is analysed with.
Assessment assess(const Fixture &fixture)
{
    static const std::shared_ptr<const Catalog> catalog = demoCatalog();
    return analyse(fixture.sql, fixture.name.endsWith(".catalog"_L1) ? catalog.get() : nullptr);
}

bool fires(const Statement &statement, const QString &rule)
{
    return std::ranges::contains(statement.findings, rule, &Finding::rule);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll()
                                          : QByteArray("there is no such file; ./dev accept writes it\n");
}

/// What no text can set off: the parser would have to be newer than Holdpoint.
const QSet<QString> rulesForALaterParser{u"unknown-statement"_s, u"unknown-construct"_s};

QString idOf(const Rule &rule)
{
    return QString::fromUtf8(rule.id.data(), static_cast<qsizetype>(rule.id.size()));
}

} // namespace

/// The texts in fixtures/: each says what it says, and every rule has its own.
class FixturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_fixtures = readFixtures(m_folder);
        QVERIFY(!m_fixtures.isEmpty());
        QVERIFY2(demoCatalog(), "fixtures/catalog.json cannot be read");
        if (qEnvironmentVariableIsSet("HOLDPOINT_ACCEPT"))
            accept();
    }

    void eachTextIsSaidToBeWhatItIs_data()
    {
        QTest::addColumn<Fixture>("fixture");
        for (const Fixture &fixture : std::as_const(m_fixtures))
            QTest::newRow(qPrintable(fixture.name)) << fixture;
    }

    void eachTextIsSaidToBeWhatItIs()
    {
        QFETCH(const Fixture, fixture);
        const QByteArrayList expected = contentOf(m_folder.filePath(fixture.findingsFile())).split('\n');
        const QByteArrayList found = describe(fixture.sql, assess(fixture)).split('\n');
        for (qsizetype line = 0; line < std::min(expected.size(), found.size()); ++line)
            QCOMPARE(found[line], expected[line]);
        QCOMPARE(found.size(), expected.size());
    }

    void everyRuleHasAFixtureInWhichItFires()
    {
        QSet<QString> fired = rulesForALaterParser;
        for (const Fixture &fixture : std::as_const(m_fixtures))
            for (const Statement &statement : assess(fixture).statements)
                if (fires(statement, fixture.rule))
                    fired.insert(fixture.rule);
        QCOMPARE(rulesWithout(fired).join(u", "_s), QString());
    }

    void everyRuleHasANearMiss()
    {
        QSet<QString> missed = rulesForALaterParser;
        for (const Fixture &fixture : std::as_const(m_fixtures))
            for (const Statement &statement : assess(fixture).statements)
                if (!fires(statement, fixture.rule))
                    missed.insert(fixture.rule);
        QCOMPARE(rulesWithout(missed).join(u", "_s), QString());
    }

    void everyFixtureIsNamedAfterARule()
    {
        QStringList strangers;
        for (const Fixture &fixture : std::as_const(m_fixtures))
            if (!std::ranges::contains(allRules(), fixture.rule, [](const Rule *rule) { return idOf(*rule); }))
                strangers.append(fixture.name);
        QCOMPARE(strangers.join(u", "_s), QString());
    }

    void noFindingsAreLeftWithoutTheirText()
    {
        QStringList expected;
        for (const Fixture &fixture : std::as_const(m_fixtures))
            expected.append(fixture.findingsFile());
        expected.sort();
        QStringList found = m_folder.entryList({u"*.findings"_s}, QDir::Files);
        found.sort();
        QCOMPARE(found.join(u'\n'), expected.join(u'\n'));
    }

    void whatALaterParserKnowsIsNotTakenForHarmless()
    {
        ScriptState script;
        Statement statement;
        statement.level = RiskLevel::Read;
        const auto tree = Tree::fromJson(R"({"ConjureStmt":{"spell":{"Incantation":{}}}})");
        QVERIFY(tree);
        Inspection(script, Source{"CONJURE x", 0, true, {0, 9}}, statement).inspect(tree->root(), {0, 9});
        for (const QString &rule : rulesForALaterParser)
            QVERIFY2(fires(statement, rule), qPrintable(rule));
        QCOMPARE(statement.level, RiskLevel::Critical);
    }

private:
    void accept()
    {
        for (const QString &old : m_folder.entryList({u"*.findings"_s}, QDir::Files))
            QVERIFY(QFile::remove(m_folder.filePath(old)));
        for (const Fixture &fixture : std::as_const(m_fixtures)) {
            QFile file(m_folder.filePath(fixture.findingsFile()));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(describe(fixture.sql, assess(fixture))) > 0);
        }
    }

    static QStringList rulesWithout(const QSet<QString> &covered)
    {
        QStringList missing;
        for (const Rule *rule : allRules())
            if (const QString id = idOf(*rule); !covered.contains(id) && !missing.contains(id))
                missing.append(id);
        return missing;
    }

    const QDir m_folder{QStringLiteral(FIXTURES)};
    QList<Fixture> m_fixtures;
};

QTEST_GUILESS_MAIN(FixturesTest)
#include "fixturestest.moc"
