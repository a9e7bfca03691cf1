// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tour/acts.h"

#include "core/store/confirmationphrase.h"
#include "core/store/storeclient.h"
#include "ui/decision/review.h"
#include "ui/decision/wordsinput.h"
#include "ui/queue/queuepage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

void sayFigures(Stage &stage, qint64 milliseconds)
{
    const Review &review = *stage.hands().queue().review();
    for (const EffectImpact &effect : review.impact->effects) {
        const auto text = [](const Figure &figure) {
            return figure.rows ? QString::number(*figure.rows) : u"unknown"_s;
        };
        stage.transcript().say(u"%1, %2 findings; %3 %4: counted %5, estimated %6, of %7; on the replica, in %8 ms"_s
                .arg(toWord(review.level()))
                .arg(review.assessment->gravest()->findings.size())
                .arg(effect.verb, effect.table, text(effect.exact), text(effect.estimate), text(effect.tableRows))
                .arg(milliseconds));
    }
}

/// What a person could try instead of typing.
void tryWrongWaysIn(Stage &stage, const QString &words)
{
    Hands &hands = stage.hands();
    auto &release = hands.find<QPushButton>(u"release"_s);
    hands.press(Qt::Key_A);
    QGuiApplication::clipboard()->setText(words);
    hands.press(Qt::Key_V, Qt::ControlModifier);
    hands.press(Qt::Key_Insert, Qt::ShiftModifier);
    require(hands.find<WordsInput>().words().isEmpty() && !release.isEnabled(), u"pasting the words does nothing"_s);
    hands.type(u"update 2 customers"_s);
    require(!release.isEnabled(), u"wrong words leave Release off"_s);
    stage.picture(u"review-write-wrong-words"_s);
    for (qsizetype i = hands.find<WordsInput>().words().size(); i > 0; --i)
        hands.press(Qt::Key_Backspace);
    require(hands.find<WordsInput>().words().isEmpty(), u"the words can be taken back"_s);
    hands.press(Qt::Key_Escape);
    stage.transcript().say(u"pasting does nothing, “update 2 customers” leaves Release off"_s);
}

QString outcomeText(Stage &stage)
{
    return stage.hands().read(u"outcome"_s);
}

} // namespace

void playWrite(Stage &stage, const Cast &cast)
{
    stage.transcript().act(u"A bounded write is released and executed"_s);
    Hands &hands = stage.hands();
    const qint64 id = cast.value(u"Correct a customer's phone number"_s);
    sayFigures(stage, hands.open(id));
    const qint64 rows = stage.onPrimary(u"SELECT count(*) FROM customers WHERE id = 42"_s);
    const QString words = u"update %1 customers"_s.arg(rows);
    stage.picture(u"review-write"_s);
    tryWrongWaysIn(stage, words);

    hands.release(words);
    const qint64 milliseconds = stage.waitForState(id, ActionState::Executed);
    const Action done = stage.action(id);
    require(done.outcome && done.outcome->rowsChanged.has_value(), u"the outcome says how many rows changed"_s);
    require(stage.onPrimary(u"SELECT count(*) FROM customers WHERE id = 42 AND phone = '+49 30 5550142'"_s) == 1,
        u"the primary has the new phone number"_s);
    stage.transcript().say(
        u"“%1” typed; executed %2 ms later; %3 rows changed on the primary, trigger's included, of at most %4"_s
            .arg(words)
            .arg(milliseconds)
            .arg(*done.outcome->rowsChanged)
            .arg(done.outcome->rowCap.value_or(-1)));
    stage.transcript().say(u"the window says: %1"_s.arg(outcomeText(stage)));
    stage.picture(u"review-executed"_s);
}

void playCritical(Stage &stage, const Cast &cast)
{
    stage.transcript().act(u"A critical action needs two people"_s);
    Hands &hands = stage.hands();
    const qint64 id = cast.value(u"Let the reporting job write its results"_s);
    hands.open(id);
    const Review review = *hands.queue().review();
    require(review.level() == RiskLevel::Critical, u"a GRANT on every table is critical"_s);
    const Evidence evidence = evidenceOf(review);
    const QString words = ConfirmationPhrase(evidence).text();
    stage.picture(u"review-critical"_s);
    hands.release(words);
    stage.waitForState(id, ActionState::Approved);
    stage.transcript().say(
        u"maria typed “%1”; that is one approval of two: %2"_s.arg(words, hands.read(u"approvals"_s)));
    stage.picture(u"review-critical-one-approval"_s);

    const auto decideAs = [&](const QString &service) {
        Connection connection = stage.signIn(service);
        return StoreClient(connection)
            .decide({.action = id,
                .revision = review.action.revision,
                .digest = review.action.digest,
                .verdict = Verdict::Approve,
                .words = words,
                .reason = {},
                .evidence = evidence});
    };
    const auto owner = decideAs(u"holdpoint-lena"_s);
    require(!owner && owner.error().code == Error::Code::Refused, u"the agent's owner may not approve"_s);
    stage.transcript().say(u"lena, who owns the agent, is refused by the store: %1"_s.arg(owner.error().message));
    const auto second = decideAs(u"holdpoint-jonas"_s);
    require(second.has_value(), second ? QString() : u"jonas approves: "_s + second.error().text());
    const qint64 milliseconds = stage.waitForState(id, ActionState::Executed);
    require(stage.onPrimary(u"SELECT has_table_privilege('reporting', 'customers', 'UPDATE')::int"_s) == 1,
        u"the right was granted"_s);
    stage.transcript().say(u"jonas approved as the second; executed %1 ms later"_s.arg(milliseconds));
    stage.picture(u"review-critical-executed"_s);
}

void playRowCap(Stage &stage, const Cast &cast)
{
    stage.transcript().act(u"A delete that looks small says what it takes along, and may take no more"_s);
    Hands &hands = stage.hands();
    const qint64 id = cast.value(u"Remove five customers who asked for erasure"_s);
    sayFigures(stage, hands.open(id));
    const qint64 rows = stage.onPrimary(u"SELECT count(*) FROM customers WHERE id BETWEEN 701 AND 705"_s);
    const qint64 customers = stage.onPrimary(u"SELECT count(*) FROM customers"_s);
    stage.picture(u"review-cascading-delete"_s);
    const Evidence evidence = evidenceOf(*hands.queue().review());
    require(evidence.count == rows && evidence.table == u"customers"_s, u"the count is that of the primary"_s);
    hands.release(ConfirmationPhrase(evidence).text());
    const qint64 milliseconds = stage.waitForState(id, ActionState::Executed);
    require(stage.onPrimary(u"SELECT count(*) FROM customers"_s) == customers - rows, u"the customers are gone"_s);
    const Action done = stage.action(id);
    require(done.outcome && done.outcome->rowsChanged && evidence.totalRows, u"the outcome says how many rows"_s);
    require(*evidence.totalRows > rows && *done.outcome->rowsChanged >= *evidence.totalRows,
        u"what foreign keys take along was counted before"_s);
    stage.transcript().say(
        u"typed for %1 rows, seen to take %2 in all; executed after %3 ms: %4 rows changed"_s.arg(rows)
            .arg(*evidence.totalRows)
            .arg(milliseconds)
            .arg(*done.outcome->rowsChanged));
    stage.picture(u"review-cascade-executed"_s);
}

} // namespace holdpoint
