// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/analysis/corpusanswers.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

/// Rules that no text alone can decide: whose tables, functions, triggers and views stand behind the names.
const QStringList catalogueRules{
    u"fk-cascade"_s, u"temp-shadow"_s, u"rule-rewrite"_s, u"trigger-side-effect"_s, u"view-function"_s};

/// Cases whose rule exists, but whose reason lies in a function's body.
const QStringList catalogueCases{u"dyn-006"_s};

/// Harmless cases that are rated higher, because only a catalogue can clear the function that they call.
const QStringList clearedByCatalogue{u"ben-016"_s, u"ben-017"_s};

} // namespace

/// holdpointctl analyze --batch against every labelled text.
class CorpusTest : public QObject
{
    Q_OBJECT

private:
    QList<CorpusCase> m_cases;
    QList<Assessment> m_answers;

    static bool isDecidedByCatalogue(const CorpusCase &entry, const QString &rule)
    {
        return catalogueRules.contains(rule) || catalogueCases.contains(entry.id);
    }

    /// Whether nothing but the catalogue gives a case its level.
    static bool needsCatalogue(const CorpusCase &entry)
    {
        return !entry.rules.isEmpty()
            && std::ranges::all_of(entry.rules, [&](const QString &rule) { return isDecidedByCatalogue(entry, rule); });
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_cases = readCorpus(QStringLiteral(CORPUS));
        QVERIFY(m_cases.size() >= 300);
        const QList<CorpusCase> evasions = readCorpus(QStringLiteral(EVASIONS));
        QVERIFY(evasions.size() >= 100);
        m_cases += evasions;
        const auto answers = answersTo(m_cases);
        QVERIFY2(answers, qUtf8Printable(answers ? QString() : answers.error()));
        m_answers = *answers;
    }

    void everyListedRuleFires_data() { addRows(m_cases); }
    void everyListedRuleFires()
    {
        QFETCH(int, index);
        const QSet<QString> fired = rulesOf(m_answers[index]);
        for (const QString &rule : m_cases[index].rules)
            QVERIFY2(isDecidedByCatalogue(m_cases[index], rule) || fired.contains(rule), qPrintable(rule));
    }

    void noCaseIsRatedBelowItsLabel_data() { addRows(m_cases); }
    void noCaseIsRatedBelowItsLabel()
    {
        QFETCH(int, index);
        if (needsCatalogue(m_cases[index]))
            QSKIP("needs the catalogue");
        QVERIFY2(m_answers[index].level >= m_cases[index].level, qPrintable(toWord(m_answers[index].level)));
    }

    void harmlessCasesAreNotRatedAboveTheirLabel_data() { addRows(m_cases); }
    void harmlessCasesAreNotRatedAboveTheirLabel()
    {
        QFETCH(int, index);
        const CorpusCase &entry = m_cases[index];
        if (entry.level > RiskLevel::Write)
            return;
        if (clearedByCatalogue.contains(entry.id))
            QSKIP("only the catalogue clears the function that it calls");
        QCOMPARE(toWord(m_answers[index].level), toWord(entry.level));
    }

    void everySpanLiesInItsText_data() { addRows(m_cases); }
    void everySpanLiesInItsText()
    {
        QFETCH(int, index);
        const qsizetype size = m_cases[index].sql.toUtf8().size();
        for (const Statement &statement : m_answers[index].statements) {
            QVERIFY(statement.end <= size);
            for (const Finding &finding : statement.findings)
                QVERIFY2(finding.start < finding.end && finding.end <= size, qPrintable(finding.rule));
        }
    }

    void everyFindingSaysWhatToDo()
    {
        for (const Assessment &assessment : std::as_const(m_answers))
            for (const Statement &statement : assessment.statements)
                for (const Finding &finding : statement.findings) {
                    QVERIFY2(!finding.message.isEmpty() && !finding.remedy.isEmpty(), qPrintable(finding.rule));
                    QVERIFY2(!finding.message.contains(u"%1"_s), qPrintable(finding.rule));
                }
    }

    void whatIsRatedAboveReadHasAnEffect_data() { addRows(m_cases); }
    void whatIsRatedAboveReadHasAnEffect()
    {
        QFETCH(int, index);
        for (const Statement &statement : m_answers[index].statements)
            QCOMPARE(statement.effects.isEmpty(), statement.level == RiskLevel::Read);
    }
};

QTEST_GUILESS_MAIN(CorpusTest)
#include "corpustest.moc"
