// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/review/reviewpane.h"

#include "ui/impact/planview.h"
#include "ui/impact/rowsview.h"
#include "ui/label.h"
#include "ui/notice.h"
#include "ui/review/fence.h"
#include "ui/review/findingsmodel.h"
#include "ui/review/findingsview.h"
#include "ui/review/riskbadge.h"
#include "ui/review/sqlview.h"
#include "ui/wording.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTextBlock>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

ReviewPane::ReviewPane(KSyntaxHighlighting::Repository &repository, QWidget *parent)
    : QWidget(parent)
    , m_model(new FindingsModel(this))
    , m_stack(new QStackedWidget(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_sql(new SqlView(repository, this))
{
    setObjectName(u"reviewPane"_s);
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(320);

    auto *review = new QWidget(this);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    auto *heading = buildHeading();
    m_splitter->addWidget(buildText());
    m_splitter->addWidget(buildDetails());
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    auto *reviewLayout = new QVBoxLayout(review);
    reviewLayout->setContentsMargins(0, 0, 0, 0);
    reviewLayout->setSpacing(0);
    reviewLayout->addWidget(heading);
    reviewLayout->addWidget(m_splitter, 1);

    QLabel *empty =
        makeParagraph(tr("Choose an action to read it.\n\nj and k move, Enter opens, ? shows every key."), Tone::Muted);
    empty->setAlignment(Qt::AlignCenter);
    m_stack->addWidget(empty);
    m_stack->addWidget(review);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);

    connect(m_sql, &SqlView::completenessChanged, this, &ReviewPane::refreshNotice);
    connect(m_notice, &Notice::pressed, m_sql, &SqlView::showAll);
    connect(m_findings, &FindingsView::jumpWanted, m_sql, &SqlView::jumpTo);
    auto *ages = new QTimer(this);
    connect(ages, &QTimer::timeout, this, [this] {
        refreshHeading();
        refreshCatalogNote();
    });
    ages->start(5s);
}

QWidget *ReviewPane::buildHeading()
{
    auto *heading = new QWidget(this);
    m_badge = new RiskBadge(heading);
    m_summary = new ElidedLabel(Tone::Heading, heading);
    m_summary->setObjectName(u"summary"_s);
    m_meta = new ElidedLabel(Tone::Muted, heading);
    m_fence = new Fence(heading);
    auto *line = new QHBoxLayout;
    line->setSpacing(12);
    line->addWidget(m_badge);
    line->addWidget(m_summary, 1);
    auto *layout = new QVBoxLayout(heading);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(8);
    layout->addLayout(line);
    layout->addWidget(m_meta);
    layout->addWidget(m_fence);
    return heading;
}

QWidget *ReviewPane::buildText()
{
    auto *text = new QWidget(this);
    m_textCaption = new ElidedLabel(Tone::Caption, text);
    m_textCaption->setContentsMargins(16, 0, 16, 0);
    m_notice = new Notice(text);
    auto *layout = new QVBoxLayout(text);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_textCaption);
    layout->addWidget(m_notice);
    layout->addWidget(m_sql, 1);
    text->setMinimumHeight(96);
    return text;
}

QWidget *ReviewPane::buildDetails()
{
    auto *details = new QWidget(this);
    m_tabs = new QTabBar(details);
    m_tabs->setObjectName(u"details"_s);
    m_tabs->setAccessibleName(tr("Details"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_rows = new RowsView(details);
    m_plan = new PlanView(details);
    auto *pages = new QStackedWidget(details);
    pages->addWidget(buildFindings());
    pages->addWidget(m_rows);
    pages->addWidget(m_plan);
    for (const QString &title : {tr("Findings"), tr("Rows"), tr("Plan")})
        m_tabs->addTab(title);
    connect(m_tabs, &QTabBar::currentChanged, pages, &QStackedWidget::setCurrentIndex);
    connect(m_tabs, &QTabBar::tabBarClicked, this, &ReviewPane::makeRoomForDetails);
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tabs);
    layout->addWidget(pages, 1);
    details->setMinimumHeight(72);
    return details;
}

/// Rows and plans say little in a few lines; the text above keeps half of the height.
void ReviewPane::makeRoomForDetails(int tab)
{
    constexpr int enough = 240;
    const QList<int> sizes = m_splitter->sizes();
    const int whole = sizes.first() + sizes.last();
    const int wanted = std::min(enough, whole / 2);
    if (tab > 0 && sizes.last() < wanted)
        m_splitter->setSizes({whole - wanted, wanted});
}

QWidget *ReviewPane::buildFindings()
{
    auto *findings = new QWidget(this);
    const auto lineOf = [this](qsizetype byte) {
        const SafeText &shown = m_sql->shown();
        const qsizetype row = m_sql->document()->findBlock(static_cast<int>(shown.positionOf(byte))).blockNumber();
        return row >= 0 && row < shown.rows.size() ? shown.rows[row].line + 1 : shown.lines;
    };
    m_catalogNote = makeParagraph({}, Tone::Caption, findings);
    m_catalogNote->setObjectName(u"catalogNote"_s);
    m_catalogNote->setContentsMargins(16, 6, 16, 6);
    m_findings = new FindingsView(m_model, lineOf, findings);
    auto *layout = new QVBoxLayout(findings);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_catalogNote);
    layout->addWidget(m_findings, 1);
    return findings;
}

void ReviewPane::setAction(const Action &action)
{
    const bool isOther = !m_action || m_action->id != action.id || m_action->revision != action.revision;
    m_action = action;
    if (isOther) {
        m_assessment.reset();
        m_model->clear();
        m_sql->setSource(action.sql);
        m_fence->setWords(action.agent, action.title, action.reason);
        m_tabs->setTabText(0, tr("Findings: being analysed…"));
        setImpact(std::nullopt, true);
        refreshCatalogNote();
    }
    m_stack->setCurrentIndex(1);
    refreshHeading();
    refreshTextCaption();
}

void ReviewPane::setAssessment(const Assessment &assessment, RiskLevel raisedLevel, const CatalogState &catalog)
{
    m_level = raisedLevel;
    m_catalog = catalog;
    if (m_assessment != assessment) {
        m_assessment = assessment;
        m_model->setAssessment(assessment);
        m_sql->setFindings(m_model->findings());
        const qsizetype count = m_model->findings().size();
        m_tabs->setTabText(0, count == 0 ? tr("No findings") : tr("Findings · %1").arg(numberText(count)));
    }
    refreshHeading();
    refreshTextCaption();
    refreshCatalogNote();
}

void ReviewPane::setImpact(const std::optional<Impact> &impact, bool pending)
{
    m_rows->setImpact(impact, pending);
    m_plan->setImpact(impact, pending);
}

void ReviewPane::clear()
{
    m_action.reset();
    m_assessment.reset();
    m_stack->setCurrentIndex(0);
}

bool ReviewPane::isComplete() const
{
    return m_sql->isComplete();
}

void ReviewPane::focusText()
{
    m_sql->setFocus(Qt::ShortcutFocusReason);
}

void ReviewPane::refreshHeading()
{
    if (!m_action)
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_badge->setLevel(m_assessment ? std::optional(m_level) : std::nullopt);
    m_summary->setText(m_assessment ? summaryOf(*m_assessment) : tr("Being analysed…"));
    QStringList facts{tr("#%1 · revision %2").arg(m_action->id).arg(m_action->revision),
        tr("%1 for %2").arg(safeLine(m_action->agent, 60), safeLine(m_action->target, 60)),
        tr("owner %1").arg(safeLine(m_action->agentOwner, 60)), agoText(m_action->submittedAt, now)};
    if (isOpen(m_action->state) && m_action->expiresAt.isValid())
        facts.append(tr("expires in %1").arg(ageText(now, m_action->expiresAt)));
    m_meta->setText(facts.join(u" · "_s));
}

void ReviewPane::refreshCatalogNote()
{
    m_catalogNote->setText(m_assessment ? catalogText(m_catalog, QDateTime::currentDateTimeUtc()) : QString());
    setTone(m_catalogNote, m_catalog.settled && m_catalog.source.isEmpty() ? Tone::Normal : Tone::Caption);
}

void ReviewPane::refreshNotice()
{
    const SafeText &shown = m_sql->shown();
    if (shown.isComplete()) {
        m_notice->hide();
    } else {
        QStringList hidden;
        if (shown.hiddenCharacters > 0)
            hidden.append(tr("%1 characters of long lines").arg(numberText(shown.hiddenCharacters)));
        if (shown.hiddenLines > 0)
            hidden.append(tr("the last %1 lines").arg(numberText(shown.hiddenLines)));
        m_notice->say(Notice::Weight::Alarm,
            tr("Not shown: %1. Release is off until you have them on screen.").arg(hidden.join(tr(" and "))),
            tr("Show all"));
    }
    Q_EMIT completenessChanged();
}

void ReviewPane::refreshTextCaption()
{
    const SafeText &shown = m_sql->shown();
    QStringList facts;
    if (m_assessment)
        facts.append(tr("%n statement(s)", nullptr, static_cast<int>(m_assessment->statements.size())));
    facts.append(tr("%n line(s)", nullptr, static_cast<int>(shown.lines)));
    facts.append(tr("%1 bytes").arg(numberText(m_action->sql.size())));
    if (shown.chips > 0)
        facts.append(tr("%1 unseen or invalid characters, spelled out as ⟦…⟧").arg(numberText(shown.chips)));
    m_textCaption->setText(facts.join(u" · "_s));
}

} // namespace holdpoint
