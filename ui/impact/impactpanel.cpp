// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/impact/impactpanel.h"

#include "ui/decision/moved.h"
#include "ui/impact/effectcard.h"
#include "ui/impact/lockstext.h"
#include "ui/impact/trialcard.h"
#include "ui/label.h"
#include "ui/notice.h"
#include "ui/review/safetext.h"
#include "ui/wording.h"

#include <QProgressBar>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype mostCards = 20;

void addLine(QWidget *content)
{
    auto *line = new QFrame(content);
    line->setFixedHeight(1);
    line->setObjectName(u"hairline"_s);
    line->setAttribute(Qt::WA_StyledBackground);
    content->layout()->addWidget(line);
}

void addText(QWidget *content, const QString &text, Tone tone = Tone::Muted)
{
    content->layout()->addWidget(makeParagraph(text, tone, content));
}

QString whyRaised(const Review &review)
{
    if (!review.impact->totalRows())
        return ImpactPanel::tr("nobody knows how many rows it would touch");
    QStringList reasons;
    if (const std::optional<qint64> limit = review.exceededLimit())
        reasons.append(ImpactPanel::tr("it would touch more than the policy's limit of %1").arg(rowsText(*limit)));
    if (raisedBy(review.assessment->level, *review.impact) != review.assessment->level)
        reasons.append(ImpactPanel::tr("it would touch more than half of a table"));
    return reasons.join(u"; "_s);
}

} // namespace

ImpactPanel::ImpactPanel(QWidget *parent)
    : QWidget(parent)
    , m_source(new ElidedLabel(Tone::Caption, this))
    , m_computing(new QProgressBar(this))
    , m_area(new QScrollArea(this))
{
    setObjectName(u"impactPane"_s);
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(240);
    m_computing->setRange(0, 0);
    m_computing->setTextVisible(false);
    m_computing->setFixedHeight(2);
    m_computing->setAccessibleName(tr("The replica is being asked"));
    m_area->setObjectName(u"impact"_s);
    m_area->setAccessibleName(tr("Impact"));
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *heading = new QVBoxLayout;
    heading->setContentsMargins(16, 16, 16, 8);
    heading->setSpacing(2);
    heading->addWidget(makeLabel(tr("Impact"), Tone::Heading, this));
    heading->addWidget(m_source);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(heading);
    layout->addWidget(m_computing);
    layout->addWidget(m_area, 1);
    refresh();
}

void ImpactPanel::setReview(const Review &review)
{
    // The action's own changes (an approval, a new state) touch nothing here, and rebuilding would lose the place.
    const bool isSame = m_review && m_review->action.id == review.action.id
        && m_review->action.revision == review.action.revision
        && isOpen(m_review->action.state) == isOpen(review.action.state) && m_review->assessment == review.assessment
        && m_review->impact == review.impact && m_review->arriving == review.arriving
        && m_review->policies == review.policies;
    m_review = review;
    if (!isSame)
        refresh();
    else if (auto *trial = m_area->findChild<TrialCard *>())
        trial->setTrial(review.trial);
}

void ImpactPanel::showTrial()
{
    if (auto *trial = m_area->findChild<TrialCard *>())
        m_area->ensureWidgetVisible(trial, 0, 0);
}

void ImpactPanel::clear()
{
    m_review.reset();
    refresh();
}

const Impact *ImpactPanel::known() const
{
    if (!m_review)
        return nullptr;
    return m_review->impact ? &*m_review->impact : m_review->arriving ? &*m_review->arriving : nullptr;
}

void ImpactPanel::refresh()
{
    const int place = m_area->verticalScrollBar()->value();
    const bool isOver = m_review && !m_review->impact && !isOpen(m_review->action.state);
    const bool isComputing = m_review && !m_review->impact && !isOver;
    m_computing->setVisible(isComputing);
    if (!m_review)
        m_source->setText({});
    else if (isOver)
        m_source->setText(tr("not asked"));
    else if (isComputing)
        m_source->setText(known() ? tr("counting on the replica…") : tr("asking the replica…"));
    else if (!m_review->impact->error.isEmpty())
        m_source->setText(tr("the replica did not answer"));
    else
        m_source->setText(
            u"%1 · %2"_s.arg(lagText(m_review->impact->replicaLagSeconds), clockText(m_review->impact->at)));
    m_area->setWidget(makeContent());
    m_area->verticalScrollBar()->setValue(place);
}

QWidget *ImpactPanel::makeContent() const
{
    auto *content = new QWidget;
    content->setObjectName(u"content"_s);
    // Nothing may stand out of the panel at the side, where nobody sees it.
    content->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 8, 16, 16);
    layout->setSpacing(12);
    if (!m_review) {
        addText(content, tr("What an action would touch appears here, counted on the replica."));
    } else if (!m_review->impact && !isOpen(m_review->action.state)) {
        addText(content, tr("This action is no longer open. What became of it stands below."));
    } else if (!known()) {
        addText(content, tr("Figures appear as soon as the replica has answered. Release is off until then."));
    } else {
        if (!known()->error.isEmpty())
            addFailure(content);
        if (m_review->impact)
            addMoved(content);
        addEffects(content);
        if (m_review->impact) {
            addLocks(content);
            addRaised(content);
            addLimits(content);
        }
    }
    if (m_review && isOpen(m_review->action.state)) {
        addLine(content);
        auto *trial = new TrialCard(*m_review, content);
        connect(trial, &TrialCard::wanted, this, &ImpactPanel::trialWanted);
        layout->addWidget(trial);
    }
    layout->addStretch();
    return content;
}

void ImpactPanel::addMoved(QWidget *content) const
{
    constexpr qsizetype mostLines = 6;
    if (!m_review->firstImpact)
        return;
    const QStringList moved = whatMoved(*m_review->firstImpact, *m_review->impact);
    if (moved.isEmpty())
        return;
    auto *notice = new Notice(content);
    content->layout()->addWidget(notice);
    notice->say(Notice::Weight::Alarm,
        tr("Changed since %1, when it was first opened here. %2.")
            .arg(clockText(m_review->firstImpact->at), moved.first(std::min(moved.size(), mostLines)).join(u"; "_s)));
}

void ImpactPanel::addFailure(QWidget *content) const
{
    const Evidence evidence = evidenceOf(*m_review);
    if (m_review->assessment)
        addText(content, u"%1 %2"_s.arg(safeLine(evidence.verb, 40), safeLine(evidence.table, 130)), Tone::Strong);
    if (evidence.count) {
        addText(content, numberText(*evidence.count), Tone::Figure);
        addText(content, tr("rows, as the text itself says; the replica could not be asked"), Tone::Caption);
    } else {
        addText(content, tr("unknown"), Tone::Figure);
        addText(content, tr("nobody knows how many rows this would touch"), Tone::Caption);
    }
    addText(content, safeLine(m_review->impact->error, 600), Tone::Danger);
    addText(content, tr("F5 asks the replica again."));
}

void ImpactPanel::addEffects(QWidget *content) const
{
    const Impact &impact = *known();
    if (impact.effects.isEmpty() && impact.error.isEmpty())
        addText(content,
            m_review->level() == RiskLevel::Read
                ? tr("Only reads: no row would change.")
                : tr("No rows of a table: read the findings for what this would change."));
    QList<EffectImpact> effects = impact.effects;
    std::ranges::stable_sort(effects, [](const EffectImpact &a, const EffectImpact &b) {
        constexpr qint64 unknown = std::numeric_limits<qint64>::max();
        return a.best().value_or(unknown) > b.best().value_or(unknown);
    });
    if (effects.size() > 1 && impact.settled) {
        const std::optional<qint64> total = impact.totalRows();
        addText(content,
            total && impact.hasUncounted()
                ? tr("In all at least %1, in %2 effects").arg(rowsText(*total), numberText(effects.size()))
                : total ? tr("In all %1, in %2 effects").arg(rowsText(*total), numberText(effects.size()))
                        : tr("In all an unknown number of rows, in %1 effects").arg(numberText(effects.size())),
            Tone::Strong);
    }
    for (qsizetype i = 0; i < std::min(effects.size(), mostCards); ++i) {
        if (i > 0)
            addLine(content);
        content->layout()->addWidget(new EffectCard(effects[i], content));
    }
    if (effects.size() > mostCards)
        addText(content, tr("%1 more, none larger").arg(numberText(effects.size() - mostCards)));
}

void ImpactPanel::addLocks(QWidget *content) const
{
    constexpr qsizetype mostLines = 8;
    const QStringList locks = m_review->assessment ? lockLines(*m_review->assessment) : QStringList();
    if (locks.isEmpty())
        return;
    addLine(content);
    addText(content, tr("Locks until it is done"), Tone::Strong);
    for (const QString &line : rewriteLines(*m_review->assessment))
        addText(content, line, Tone::Normal);
    for (const QString &line : locks.first(std::min(locks.size(), mostLines)))
        addText(content, line, Tone::Caption);
    if (!m_review->impact->error.isEmpty())
        return;
    const bool inTheWay = m_review->impact->holders && !m_review->impact->holders->isEmpty();
    const QStringList holders = holderLines(*m_review->impact);
    for (const QString &line : holders.first(std::min(holders.size(), mostLines)))
        addText(content, line, inTheWay ? Tone::Danger : Tone::Caption);
}

void ImpactPanel::addRaised(QWidget *content) const
{
    if (!m_review->assessment || m_review->level() == m_review->assessment->level)
        return;
    auto *notice = new Notice(content);
    content->layout()->addWidget(notice);
    notice->say(Notice::Weight::Alarm,
        tr("Raised from %1 to %2: %3.")
            .arg(levelText(m_review->assessment->level), levelText(m_review->level()), whyRaised(*m_review)));
}

void ImpactPanel::addLimits(QWidget *content) const
{
    const std::optional<PolicyRule> rule = ruleFor(m_review->policies, m_review->action.target, m_review->level());
    if (!rule || m_review->level() == RiskLevel::Read)
        return;
    addLine(content);
    const qint64 cap = rowCap(evidenceOf(*m_review).totalRows, *rule);
    addText(content,
        tr("If more than %1 would change, cascades and triggers included, the executor stops it and nothing changes.")
            .arg(rowsText(cap)),
        Tone::Caption);
}

} // namespace holdpoint
