// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/decision/decisionbar.h"

#include "ui/decision/approvalstext.h"
#include "ui/decision/outcomeview.h"
#include "ui/decision/reasondialog.h"
#include "ui/decision/wordsinput.h"
#include "ui/icons.h"
#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/theme.h"
#include "ui/wording.h"

#include <QEvent>
#include <QGridLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

namespace {

/// Long enough that a key meant for one action cannot release the next.
constexpr auto restTime = 500ms;

} // namespace

DecisionBar::DecisionBar(QWidget *parent)
    : QWidget(parent)
    , m_rest(new QTimer(this))
    , m_stack(new QStackedWidget(this))
    , m_outcome(new OutcomeView(this))
{
    setObjectName(u"decisionBar"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_rest->setSingleShot(true);
    m_rest->setInterval(restTime);
    QLabel *empty = makeLabel(tr("Choose an action to decide about it."), Tone::Muted);
    empty->setAlignment(Qt::AlignCenter);
    m_stack->addWidget(empty);
    m_stack->addWidget(buildOpen());
    m_stack->addWidget(m_outcome);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->addWidget(m_stack);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);

    connect(m_rest, &QTimer::timeout, this, &DecisionBar::refresh);
    connect(m_words, &WordsInput::wordsChanged, this, [this] {
        m_answer.clear();
        refresh();
    });
    connect(m_words, &WordsInput::left, this, &DecisionBar::left);
    connect(m_words, &WordsInput::entered, this, &DecisionBar::release);
    connect(m_release, &QPushButton::clicked, this, &DecisionBar::release);
    connect(m_reject, &QPushButton::clicked, this, [this] { askForReason(Verdict::Reject); });
    connect(m_requestChanges, &QPushButton::clicked, this, [this] { askForReason(Verdict::RequestChanges); });
    // Actions expire while they are looked at.
    auto *clock = new QTimer(this);
    connect(clock, &QTimer::timeout, this, &DecisionBar::refresh);
    clock->start(1s);
    refresh();
}

QWidget *DecisionBar::buildOpen()
{
    auto *open = new QWidget(this);
    m_reject = new QPushButton(tr("Reject…"), open);
    m_reject->setObjectName(u"reject"_s);
    setPlainToolTip(m_reject, tr("Turn it down, with a reason (r)"));
    m_requestChanges = new QPushButton(tr("Request changes…"), open);
    m_requestChanges->setObjectName(u"requestChanges"_s);
    setPlainToolTip(m_requestChanges, tr("Send it back to the agent, with a reason (c)"));
    m_form = new PhraseForm(open);
    m_words = new WordsInput(open);
    m_words->setPlaceholder(tr("type the words here ( a )"));
    m_approvals = new ElidedLabel(Tone::Caption, open);
    m_approvals->setObjectName(u"approvals"_s);
    m_hintIcon = makeLabel({}, Tone::Normal, open);
    m_hint = new ElidedLabel(Tone::Muted, open);
    m_hint->setObjectName(u"hint"_s);
    m_release = new QPushButton(tr("Release"), open);
    m_release->setObjectName(u"release"_s);
    m_release->setProperty("kind", u"primary"_s);
    m_release->setAutoDefault(false);

    auto *hintLine = new QHBoxLayout;
    hintLine->setSpacing(6);
    hintLine->addWidget(m_hintIcon);
    hintLine->addWidget(m_hint, 1);
    auto *turnDown = new QHBoxLayout;
    turnDown->setSpacing(8);
    turnDown->addWidget(m_reject);
    turnDown->addWidget(m_requestChanges);
    auto *grid = new QGridLayout(open);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(6);
    grid->addWidget(m_approvals, 0, 0);
    grid->addWidget(m_form, 0, 1);
    grid->addLayout(turnDown, 1, 0);
    grid->addWidget(m_words, 1, 1);
    grid->addWidget(m_release, 1, 2);
    grid->addLayout(hintLine, 2, 1, 1, 2);
    grid->setColumnStretch(1, 1);
    return open;
}

void DecisionBar::setUser(const QString &user)
{
    m_user = user;
    refresh();
}

void DecisionBar::setLink(const LinkState &link)
{
    // The answer to what was sent before the link broke may never come; what the store holds says what became of it.
    if (m_link.live && !link.live)
        m_awaitingStore = false;
    m_link = link;
    refresh();
}

void DecisionBar::setReview(const Review &review)
{
    const bool isOther =
        !m_review || m_review->action.id != review.action.id || m_review->action.revision != review.action.revision;
    const bool hasMoved = !isOther && m_review->action.changeNumber != review.action.changeNumber;
    m_review = review;
    const bool isKnown = review.assessment && review.impact;
    m_phrase = isKnown ? std::optional(ConfirmationPhrase(evidenceOf(review))) : std::nullopt;
    if (isOther || hasMoved) {
        m_awaitingStore = false;
        m_answer.clear();
    }
    if (isOther) {
        forgetTyped();
        m_rest->start();
    }
    refresh();
}

void DecisionBar::setTextComplete(bool complete)
{
    m_textComplete = complete;
    refresh();
}

void DecisionBar::clear()
{
    m_review.reset();
    m_phrase.reset();
    forgetTyped();
    refresh();
}

void DecisionBar::forgetTyped()
{
    m_words->clear();
}

void DecisionBar::acceptedByStore(ActionState newState)
{
    m_awaitingStore = false;
    forgetTyped();
    if (m_review)
        m_review->action.state = newState;
    refresh();
}

void DecisionBar::refusedByStore(const Error &error)
{
    m_awaitingStore = false;
    m_answer = tr("The store refused: %1").arg(safeLine(u"%1 %2"_s.arg(sentence(error.message), error.remedy), 400));
    refresh();
}

void DecisionBar::focusWords()
{
    m_words->setFocus(Qt::ShortcutFocusReason);
}

DecisionFacts DecisionBar::facts() const
{
    DecisionFacts facts;
    if (!m_review)
        return facts;
    const Action &action = m_review->action;
    facts.linkLive = m_link.live;
    facts.state = action.state;
    facts.expired = action.expiresAt.isValid() && action.expiresAt <= QDateTime::currentDateTimeUtc();
    facts.userOwnsAgent = m_user.isEmpty() || action.agentOwner == m_user;
    facts.userHasApproved = std::ranges::contains(action.approvals, m_user, &Approval::approver);
    facts.awaitingStore = m_awaitingStore;
    facts.assessed = m_review->assessment.has_value();
    facts.catalogSettled = m_review->catalog.settled;
    facts.impactSettled = m_review->impact.has_value();
    facts.textComplete = m_textComplete;
    facts.rested = !m_rest->isActive();
    return facts;
}

QString DecisionBar::executorNote() const
{
    if (m_link.executorAlive)
        return {};
    return m_link.executorDetail.isEmpty() ? tr("No executor is at work; what is released waits for one.")
                                           : m_link.executorDetail;
}

QString DecisionBar::hint() const
{
    if (!m_answer.isEmpty())
        return m_answer;
    const QString blocker = approvalBlocker(facts());
    if (!blocker.isEmpty() || !m_phrase)
        return blocker;
    const PhraseProgress progress = progressOf(*m_phrase, m_words->words());
    if (!progress.mistake.isEmpty())
        return adviceOn(*m_phrase, progress);
    return m_link.executorAlive ? tr("The words match. Enter or Release sends them.") : executorNote();
}

void DecisionBar::refresh()
{
    if (!m_review) {
        m_stack->setCurrentIndex(0);
        return;
    }
    const DecisionFacts now = facts();
    if (!isOpen(now.state)) {
        m_outcome->setAction(m_review->action, executorNote());
        m_stack->setCurrentIndex(2);
        return;
    }
    m_stack->setCurrentIndex(1);
    const bool canDecide = decisionBlocker(now).isEmpty();
    const bool canApprove = approvalBlocker(now).isEmpty() && m_phrase;
    const PhraseProgress progress = m_phrase ? progressOf(*m_phrase, m_words->words()) : PhraseProgress{};
    const bool matches = m_phrase && m_phrase->matches(m_words->words());
    m_reject->setEnabled(canDecide);
    m_requestChanges->setEnabled(canDecide);
    m_form->setPhrase(m_phrase);
    m_form->setProgress(progress);
    m_release->setEnabled(canApprove && matches);
    m_approvals->setText(approvalsText(*m_review));
    m_hint->setText(hint());
    const bool alarms = progress.wrong || !m_answer.isEmpty() || !m_link.live;
    setTone(m_hint, alarms ? Tone::Danger : Tone::Muted);
    const Theme &theme = themeOf(this);
    m_hintIcon->setPixmap(iconPixmap(canApprove && !alarms ? (matches ? u"check"_s : u"info"_s) : u"lock"_s, 14,
        alarms        ? theme.danger
            : matches ? theme.good
                      : theme.muted,
        devicePixelRatioF()));
}

void DecisionBar::release()
{
    refresh();
    if (m_stack->currentIndex() == 1 && m_release->isEnabled())
        send(Verdict::Approve, m_words->words(), {});
}

void DecisionBar::askForReason(Verdict verdict)
{
    if (!m_review || !decisionBlocker(facts()).isEmpty())
        return;
    if (auto *asking = findChild<ReasonDialog *>()) {
        asking->raise();
        asking->activateWindow();
        return;
    }
    const Action &action = m_review->action;
    const QString subject =
        tr("#%1 of %2 for %3").arg(action.id).arg(safeLine(action.agent, 60), safeLine(action.target, 60));
    auto *dialog = new ReasonDialog(verdict, subject, this);
    // The action may have moved on behind the dialog.
    const auto isSame = [this, id = action.id, revision = action.revision] {
        return m_review && m_review->action.id == id && m_review->action.revision == revision;
    };
    connect(dialog, &QDialog::accepted, this, [this, dialog, verdict, isSame] {
        if (isSame() && decisionBlocker(facts()).isEmpty())
            send(verdict, {}, dialog->reason());
        else
            refusedByStore({Error::Code::Conflict, tr("The action has changed meanwhile."),
                tr("Read it again before you decide.")});
    });
    // Not modal: the kill switch must stay within reach.
    dialog->show();
}

void DecisionBar::send(Verdict verdict, const QString &words, const QString &reason)
{
    const Action &action = m_review->action;
    m_awaitingStore = true;
    m_answer.clear();
    const Decision decision{action.id, action.revision, action.digest, verdict, words, reason, evidenceOf(*m_review)};
    // What has the focus goes off now, and the next in line is the kill switch.
    Q_EMIT left();
    refresh();
    Q_EMIT decisionMade(decision);
}

void DecisionBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        refresh();
}

} // namespace holdpoint
