// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/impact/trialcard.h"

#include "ui/impact/trialtext.h"
#include "ui/review/safetext.h"
#include "ui/wording.h"

#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype mostStatements = 20;
constexpr qsizetype mostChanges = 8;

} // namespace

TrialCard::TrialCard(const Review &review, QWidget *parent)
    : QWidget(parent)
    , m_target(review.action.target)
{
    setObjectName(u"trialCard"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    setTrial(review.trial);
}

void TrialCard::setTrial(const TrialReview &trial)
{
    if (m_content && trial == m_trial)
        return;
    m_trial = trial;
    const std::unique_ptr<QWidget> old(std::exchange(m_content, makeContent()));
    layout()->addWidget(m_content);
    // At once: the layout would do it later, and the panel would shrink and lose its place meanwhile.
    m_content->show();
}

QWidget *TrialCard::makeContent()
{
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    addText(column, tr("Trial in the sandbox"), Tone::Strong);
    if (m_trial.newest)
        addState(column);
    if (m_trial.newest && !m_trial.newest->isUnfinished())
        addResult(column);
    if (!m_trial.newest || !m_trial.newest->isUnfinished())
        addOffer(column);
    return content;
}

void TrialCard::addText(QVBoxLayout *layout, const QString &text, Tone tone)
{
    layout->addWidget(makeParagraph(text, tone, this));
}

void TrialCard::addState(QVBoxLayout *layout)
{
    const Trial &trial = *m_trial.newest;
    if (trial.state == TrialState::Requested)
        addText(layout, tr("waiting for the executor since %1").arg(clockText(trial.requestedAt)), Tone::Muted);
    else if (trial.state == TrialState::Running)
        addText(layout, tr("running since %1").arg(clockText(trial.startedAt)), Tone::Muted);
    else
        addText(layout,
            tr("asked for by %1, ended %2")
                .arg(safeLine(trial.requestedBy, 60), agoText(trial.endedAt, QDateTime::currentDateTimeUtc())),
            Tone::Caption);
}

void TrialCard::addResult(QVBoxLayout *layout)
{
    const Trial &trial = *m_trial.newest;
    const QList<TrialLine> failure = trialFailure(trial);
    for (const TrialLine &line : failure)
        addText(layout, line.text, line.tone);
    if (!trial.result)
        return;
    const QList<TrialLine> doubts = trialDoubts(*trial.result);
    for (const TrialLine &line : doubts)
        addText(layout, line.text, line.tone);
    addFigures(layout, *trial.result);
    layout->addSpacing(4);
    const QList<TrialLine> lines = trialTriggers(*trial.result) + trialVerdict(*trial.result, m_target);
    for (const TrialLine &line : lines)
        addText(layout, line.text, line.tone);
}

void TrialCard::addFigures(QVBoxLayout *layout, const TrialResult &result)
{
    if (result.rowsChanged) {
        QLabel *figure = makeLabel(rowsText(*result.rowsChanged), Tone::Heading, this);
        figure->setObjectName(u"trialFigure"_s);
        layout->addWidget(figure);
        addText(layout,
            tr("really changed, cascades and triggers included, in %1; then rolled back")
                .arg(millisecondsText(result.milliseconds)),
            Tone::Caption);
    }
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(0, 1);
    for (qsizetype i = 0; i < std::min(mostStatements, result.statements.size()); ++i)
        addStatement(grid, i + 1, result.statements[i]);
    if (!result.changesAtEnd.isEmpty())
        grid->addWidget(makeParagraph(tr("then, by deferred triggers"), Tone::Muted, this), grid->rowCount(), 0, 1, 2);
    addChanges(grid, result.changesAtEnd);
    layout->addLayout(grid);
    if (result.statements.size() > mostStatements)
        addText(layout, tr("and %1 more statements").arg(numberText(result.statements.size() - mostStatements)),
            Tone::Caption);
}

void TrialCard::addStatement(QGridLayout *grid, qsizetype number, const TrialStatement &statement)
{
    const int row = grid->rowCount();
    auto *what = new ElidedLabel(Tone::Muted, this);
    what->setText(u"%1  %2"_s.arg(numberText(number), safeLine(statement.kind, 40)));
    grid->addWidget(what, row, 0);
    if (statement.rowsByTag)
        grid->addWidget(makeLabel(rowsText(*statement.rowsByTag), Tone::Normal, this), row, 1, Qt::AlignRight);
    grid->addWidget(
        makeLabel(tr("    in %1").arg(millisecondsText(statement.milliseconds)), Tone::Caption, this), row + 1, 0);
    addChanges(grid, statement.changes);
}

void TrialCard::addChanges(QGridLayout *grid, const QList<TableChange> &changes)
{
    for (const TableChange &change : changes.first(std::min(mostChanges, changes.size()))) {
        const int row = grid->rowCount();
        auto *table = new ElidedLabel(Tone::Caption, this);
        table->setText(u"    "_s + safeLine(change.table, 130));
        setPlainToolTip(table, safeLine(change.table, 130));
        grid->addWidget(table, row, 0);
        grid->addWidget(makeLabel(numberText(change.rows), Tone::Caption, this), row, 1, Qt::AlignRight);
    }
    if (changes.size() > mostChanges)
        grid->addWidget(
            makeLabel(tr("    and %1 more tables").arg(numberText(changes.size() - mostChanges)), Tone::Caption, this),
            grid->rowCount(), 0);
}

void TrialCard::addOffer(QVBoxLayout *layout)
{
    if (m_trial.asked) {
        addText(layout, tr("asking the store…"), Tone::Muted);
        return;
    }
    if (!m_trial.refused.isEmpty())
        addText(layout, tr("No trial: %1").arg(safeLine(m_trial.refused, 400)), Tone::Danger);
    if (!m_trial.impossible.isEmpty()) {
        addText(layout, m_trial.impossible, Tone::Muted);
        return;
    }
    if (!m_trial.newest)
        addText(
            layout, tr("Runs the text on a copy of the target, says what it did, and rolls it back."), Tone::Caption);
    auto *button = new QPushButton(m_trial.newest ? tr("Try it again") : tr("Try it in the sandbox"), this);
    button->setObjectName(u"tryInSandbox"_s);
    setPlainToolTip(button, tr("Key: T"));
    // Not from inside the click: what follows replaces the button.
    connect(button, &QPushButton::clicked, this, &TrialCard::wanted, Qt::QueuedConnection);
    layout->addWidget(button, 0, Qt::AlignLeft);
}

} // namespace holdpoint
