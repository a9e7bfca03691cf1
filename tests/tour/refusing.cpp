// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tour/acts.h"

#include "core/store/storeclient.h"
#include "ui/decision/review.h"
#include "ui/mainwindow.h"
#include "ui/queue/queuepage.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// What an agent reads of its own action.
Action asAgentSees(Stage &stage, const QString &agent, qint64 id)
{
    Connection connection = stage.signIn(u"holdpoint-"_s + agent);
    const auto own = StoreClient(connection).myActions(50);
    require(own.has_value(), u"%1 reads its actions"_s.arg(agent));
    const auto found = std::ranges::find(*own, id, &Action::id);
    require(found != own->cend(), u"%1 finds action %2"_s.arg(agent).arg(id));
    return *found;
}

} // namespace

void playRejection(Stage &stage, const Cast &cast)
{
    stage.transcript().act(u"“Clean up old test data” is seen for what it is, and rejected"_s);
    Hands &hands = stage.hands();
    const qint64 id = cast.value(u"Clean up old test data"_s);
    const qint64 milliseconds = hands.open(id);
    const Review review = *hands.queue().review();
    const qint64 customers = stage.onPrimary(u"SELECT count(*) FROM customers"_s);
    require(review.impact->effects.first().exact.rows == customers, u"the replica's count is every customer of the primary"_s);
    require(review.level() >= RiskLevel::Destructive, u"deleting every customer is at least destructive"_s);
    require(!review.assessment->gravest()->findings.isEmpty(), u"a finding says so"_s);
    stage.transcript().say(
        u"%1: it would delete %2 of %2 customers, known after %3 ms: %4"_s.arg(toWord(review.level()))
            .arg(customers)
            .arg(milliseconds)
            .arg(review.assessment->gravest()->findings.first().message));
    stage.picture(u"review-story"_s);

    const QString reason = u"This is every customer, not test data. Name the test accounts."_s;
    hands.turnDown(Qt::Key_R, reason);
    stage.waitForState(id, ActionState::Rejected);
    const Action seen = asAgentSees(stage, u"cleanup-bot"_s, id);
    require(seen.state == ActionState::Rejected && seen.closingReason == reason, u"the agent reads why"_s);
    require(stage.onPrimary(u"SELECT count(*) FROM customers"_s) == customers, u"no customer is gone"_s);
    stage.transcript().say(
        u"rejected by key; cleanup-bot reads: “%1”; the primary still has %2 customers"_s.arg(seen.closingReason)
            .arg(customers));
    stage.picture(u"review-rejected"_s);
}

void playChangesRequested(Stage &stage, const Cast &cast)
{
    stage.transcript().act(u"Changes are requested, and another revision comes"_s);
    Hands &hands = stage.hands();
    const qint64 id = cast.value(u"Empty the mail queue before the import"_s);
    hands.open(id);
    hands.turnDown(Qt::Key_C, u"Keep what has not been sent: delete only what was tried."_s);
    stage.waitForState(id, ActionState::ChangesRequested);
    stage.picture(u"review-changes-requested"_s);
    {
        Connection agent = stage.signIn(u"holdpoint-etl-agent"_s);
        const auto revision = StoreClient(agent).revise(
            id, "DELETE FROM email_queue\nWHERE attempts > 2;\n", u"Only mails that were tried three times."_s);
        require(revision && *revision == 2, u"the agent sends revision 2"_s);
    }
    const qint64 milliseconds = stage.patience().until(u"revision 2 is open with its figures"_s, [&] {
        const auto &review = hands.queue().review();
        return review && review->action.id == id && review->action.revision == 2 && review->assessment
            && review->impact;
    });
    const qint64 rows = stage.onPrimary(u"SELECT count(*) FROM email_queue WHERE attempts > 2"_s);
    require(hands.queue().review()->impact->totalRows() == rows, u"the figures are those of revision 2"_s);
    require(hands.queue().review()->action.approvals.isEmpty(), u"revision 2 has no approval"_s);
    stage.transcript().say(
        u"revision 2 took the place of revision 1 after %1 ms, with its own figures: %2 rows"_s.arg(milliseconds)
            .arg(rows));
    stage.picture(u"review-revision-2"_s);
}

void playHostileText(Stage &stage, const Cast &cast)
{
    stage.transcript().act(u"Hostile texts are shown as what they are"_s);
    Hands &hands = stage.hands();
    const QStringList titles = cast.keys();
    const auto hostile = std::ranges::find_if(titles, [](const QString &title) { return title.contains(u"<img"_s); });
    require(hostile != titles.cend(), u"the demo has a hostile action"_s);
    const qint64 milliseconds = hands.open(cast.value(*hostile));
    stage.transcript().say(
        u"an action of 30,000 characters in one line, bidi controls and HTML opened in %1 ms"_s.arg(milliseconds));
    require(stage.window().size() == QSize(1280, 800), u"the text has not resized the window"_s);
    stage.picture(u"review-hostile"_s);

    hands.open(cast.value(u"Log out expired sessions"_s));
    require(hands.queue().review()->level() == RiskLevel::Critical, u"what cannot be parsed is critical"_s);
    stage.transcript().say(
        u"a text that cannot be parsed is critical: %1"_s.arg(hands.queue().review()->assessment->error));
    stage.picture(u"review-unparseable"_s);

    hands.open(cast.value(u"Reset every customer's credit"_s));
    stage.picture(u"review-unbounded-update"_s);
    hands.open(cast.value(u"Look up a customer's open orders"_s));
    require(hands.queue().review()->level() == RiskLevel::Read, u"a SELECT is read"_s);
    stage.picture(u"review-read"_s);
}

} // namespace holdpoint
