// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tour/acts.h"

#include "ui/decision/review.h"
#include "ui/queue/queuepage.h"

#include <QListView>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

qint64 inSandbox(Stage &stage, const QString &expression)
{
    Connection sandbox = stage.signIn(u"prod-eu-sandbox"_s);
    const auto rows = sandbox.run(u"SELECT (%1)::bigint AS n"_s.arg(expression));
    require(rows.has_value(), u"the sandbox answers"_s);
    return rows->first().number(u"n"_s);
}

} // namespace

void playTrial(Stage &stage, const Cast &cast)
{
    stage.transcript().act(u"What it would do is tried in the sandbox"_s);
    Hands &hands = stage.hands();
    const QString everything = u"(SELECT count(*) FROM customers) + (SELECT count(*) FROM orders)"_s;
    const qint64 before = inSandbox(stage, everything);
    const qint64 customers = inSandbox(stage, u"SELECT count(*) FROM customers"_s);
    hands.open(cast.value(u"Clean up old test data"_s));
    const auto trial = [&]() -> const TrialReview & { return hands.queue().review()->trial; };
    stage.patience().until(u"a trial can be asked for"_s, [&] { return trial().canAsk(); });
    hands.find<QListView>(u"queue"_s).setFocus();
    hands.press(Qt::Key_T);
    const qint64 milliseconds = stage.patience().until(u"the trial has ended"_s,
        [&] { return trial().newest && trial().newest->state == TrialState::Finished && trial().newest->result; });
    const TrialResult &result = *trial().newest->result;
    require(result.outcome == TrialResult::Outcome::Ran, u"the trial ran: %1"_s.arg(result.detail));
    require(result.statements.first().rowsByTag == customers, u"it deleted every customer of the sandbox"_s);
    require(*result.rowsChanged > customers, u"the rows that follow by cascade are counted"_s);
    require(result.verdict && result.verdict->differences.isEmpty(), u"the sandbox has the schema of production"_s);
    require(inSandbox(stage, everything) == before, u"nothing of it stayed in the sandbox"_s);
    stage.transcript().say(u"key T: %1 customers and %2 rows in all would go in the sandbox; the transaction took %3 "
                           "ms, the answer was in the window after %4 ms, and nothing stayed"_s.arg(customers)
                               .arg(*result.rowsChanged)
                               .arg(result.milliseconds, 0, 'f', 0)
                               .arg(milliseconds));
    stage.picture(u"review-trial"_s);
}

} // namespace holdpoint
