// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/impact/effectcard.h"

#include "ui/impact/reachlist.h"
#include "ui/impact/sharebar.h"
#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/wording.h"

#include <QGridLayout>
#include <QLocale>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// More characters than this do not fit into the narrowest panel at full size.
constexpr qsizetype longestLargeFigure = 13;

QString kindText(const EffectImpact &effect)
{
    const QString kind = effect.bestKind();
    if (kind == "exact"_L1)
        return effect.fromText ? EffectCard::tr("exact: by the text itself")
                               : EffectCard::tr("exact: counted on the replica");
    if (effect.exact.rows && !effect.outdatedBecause.isEmpty())
        return EffectCard::tr("counted as of now; %1").arg(safeLine(effect.outdatedBecause, 200));
    if (effect.exact.rows && effect.atMost && !effect.exact.atLeast)
        return EffectCard::tr("at most: fewer if rows are there already");
    if (effect.exact.rows && effect.exact.atLeast) {
        const QString counted = numberText(*effect.exact.rows);
        return effect.best() == effect.exact.rows
            ? EffectCard::tr("or more: counting stopped there")
            : EffectCard::tr("planner's estimate; counting stopped at %1").arg(counted);
    }
    return kind == "estimate"_L1 ? EffectCard::tr("planner's estimate") : EffectCard::tr("unknown");
}

QString headline(const EffectImpact &effect)
{
    const std::optional<qint64> rows = effect.best();
    if (!rows)
        return EffectCard::tr("unknown");
    return effect.bestKind() == "exact"_L1 ? numberText(*rows) : u"≈ "_s + numberText(*rows);
}

} // namespace

EffectCard::EffectCard(const EffectImpact &effect, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"effectCard"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    addHeadline(effect);
    addShare(effect);
    layout->addSpacing(4);
    addFigures(effect);
    addReach(effect);
    addNotes(effect.notes);
}

void EffectCard::addHeadline(const EffectImpact &effect)
{
    auto *what = new QHBoxLayout;
    what->setSpacing(6);
    what->addWidget(makeLabel(safeLine(effect.verb, 40), Tone::Muted, this));
    auto *table = new ElidedLabel(Tone::Strong, this);
    table->setText(safeLine(effect.table, 130));
    setPlainToolTip(table, safeLine(effect.table, 130));
    what->addWidget(table, 1);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    const QString number = headline(effect);
    QLabel *figure = makeLabel(number, number.size() > longestLargeFigure ? Tone::Heading : Tone::Figure, this);
    figure->setObjectName(u"figure"_s);
    line->addWidget(figure, 0, Qt::AlignBaseline);
    if (effect.best())
        line->addWidget(
            makeLabel(*effect.best() == 1 ? tr("row") : tr("rows"), Tone::Muted, this), 0, Qt::AlignBaseline);
    line->addStretch();
    auto *layout = qobject_cast<QVBoxLayout *>(this->layout());
    layout->addLayout(what);
    if (!effect.branch.isEmpty())
        layout->addWidget(makeParagraph(safeLine(effect.branch, 80), Tone::Caption, this));
    layout->addLayout(line);
    if (effect.best())
        layout->addWidget(makeParagraph(kindText(effect), Tone::Caption, this));
}

void EffectCard::addShare(const EffectImpact &effect)
{
    const std::optional<qint64> rows = effect.best();
    const std::optional<qint64> whole = effect.tableRows.rows;
    if (!rows || !whole || *whole <= 0 || effect.verb == "insert"_L1)
        return;
    const double share = static_cast<double>(*rows) / static_cast<double>(*whole);
    layout()->addWidget(new ShareBar(share, share > 0.5, this));
    layout()->addWidget(makeParagraph(
        tr("%1 of about %2 in the table").arg(shareText(std::min(*rows, *whole), *whole), rowsText(*whole)),
        Tone::Caption, this));
}

void EffectCard::addFigures(const EffectImpact &effect)
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(0, 1);
    const QString statistics = effect.statisticsAt.isValid()
        ? tr("statistics from %1").arg(agoText(effect.statisticsAt, QDateTime::currentDateTimeUtc()))
        : tr("the table's statistics have no known age");
    if (effect.fromText) {
        addFigure(grid, tr("By the text"), effect.exact, false, {});
    } else {
        addFigure(grid, tr("Counted"), effect.exact, false, {});
        addFigure(grid, tr("Estimated"), effect.estimate, true, statistics);
    }
    addFigure(grid, tr("Whole table"), effect.tableRows, true, {});
    qobject_cast<QVBoxLayout *>(layout())->addLayout(grid);
}

void EffectCard::addFigure(
    QGridLayout *grid, const QString &name, const Figure &figure, bool estimate, const QString &note)
{
    const int row = grid->rowCount();
    QLabel *value = makeLabel(figureText(figure, estimate), figure.rows ? Tone::Normal : Tone::Muted, this);
    grid->addWidget(makeLabel(name, Tone::Muted, this), row, 0);
    grid->addWidget(value, row, 1, Qt::AlignRight);
    const QString why = figure.rows ? note : safeLine(figure.unknownBecause, 400);
    if (!why.isEmpty())
        grid->addWidget(makeParagraph(why, Tone::Caption, this), row + 1, 0, 1, 2);
}

void EffectCard::addReach(const EffectImpact &effect)
{
    if (!ReachList::hasLines(effect.reached))
        return;
    layout()->addWidget(new ReachList(effect.reached, this));
    for (const ReachedImpact &reached : effect.reached)
        if (reached.action == Reached::Action::Refuse && reached.rows.rows.value_or(0) > 0) {
            layout()->addWidget(
                makeParagraph(tr("As things stand the statement fails: %1 refer to what it would take away.")
                                  .arg(rowsText(*reached.rows.rows)),
                    Tone::Danger, this));
            break;
        }
}

void EffectCard::addNotes(const TableNotes &notes)
{
    if (!notes.unknownBecause.isEmpty())
        addNote(tr("Triggers, rules and dependents are not known"), {notes.unknownBecause});
    addNote(tr("Triggers"), notes.triggers);
    addNote(tr("Rules"), notes.rules);
    addNote(tr("CASCADE takes along, or they keep it from happening"), notes.dependents);
    addNote(tr("Its sequences"), notes.sequences);
    if (notes.bytes && (!notes.sequences.isEmpty() || !notes.dependents.isEmpty()))
        layout()->addWidget(
            makeParagraph(tr("%1 on the replica, indexes included").arg(QLocale().formattedDataSize(*notes.bytes)),
                Tone::Caption, this));
    if (notes.partitions > 0)
        layout()->addWidget(
            makeParagraph(tr("%n partition(s)", nullptr, static_cast<int>(notes.partitions)), Tone::Caption, this));
}

void EffectCard::addNote(const QString &name, const QStringList &lines)
{
    constexpr qsizetype mostLines = 8;
    if (lines.isEmpty())
        return;
    QLabel *title = makeParagraph(name, Tone::Strong, this);
    title->setContentsMargins(0, 8, 0, 0);
    layout()->addWidget(title);
    for (const QString &line : lines.first(std::min(lines.size(), mostLines)))
        layout()->addWidget(makeParagraph(safeLine(line, 300), Tone::Caption, this));
    if (lines.size() > mostLines)
        layout()->addWidget(
            makeParagraph(tr("and %1 more").arg(numberText(lines.size() - mostLines)), Tone::Caption, this));
}

} // namespace holdpoint
