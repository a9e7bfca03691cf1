// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/impact/effectcard.h"

#include "ui/impact/sharebar.h"
#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/wording.h"

#include <QGridLayout>
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

} // namespace holdpoint
