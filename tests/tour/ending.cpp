// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tour/acts.h"

#include "core/store/confirmationphrase.h"
#include "core/store/ledgerverification.h"
#include "core/store/storeclient.h"
#include "ui/decision/review.h"
#include "ui/mainwindow.h"
#include "ui/queue/queuemodel.h"
#include "ui/queue/queuepage.h"
#include "ui/shell/commandpalette.h"

#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

const QString bot = u"cleanup-bot"_s;

/// How many rows of the queue show this action.
int rowsOf(const QListView &view, qint64 action)
{
    return static_cast<int>(
        view.model()->match(view.model()->index(0, 0), QueueModel::IdRole, action, -1, Qt::MatchExactly).size());
}

std::optional<Revocation> revocationOf(Stage &stage, const QString &agent)
{
    Connection auditor = stage.signIn(u"holdpoint-auditor"_s);
    const auto all = StoreClient(auditor).revocations();
    require(all.has_value(), u"the store tells its revocations"_s);
    const auto found = std::ranges::find(*all, agent, &Revocation::agent);
    return found == all->cend() ? std::nullopt : std::optional(*found);
}

void pressTheSwitch(Stage &stage)
{
    Hands &hands = stage.hands();
    hands.press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    auto &agent = hands.find<QComboBox>(u"revokeAgent"_s);
    QTest::keyClicks(&agent, bot);
    require(agent.currentData().toString() == bot, u"the agent is chosen by its name"_s);
    stage.picture(u"kill-switch"_s);
    QTest::keyClick(&hands.find<QPushButton>(u"confirmRevoke"_s), Qt::Key_Return);
    stage.patience().settle();
}

void showReceipts(Stage &stage, const Revocation &revocation)
{
    Hands &hands = stage.hands();
    hands.press(Qt::Key_3, Qt::ControlModifier);
    auto &table = hands.find<QTableView>(u"agents"_s);
    const QModelIndexList rows =
        table.model()->match(table.model()->index(0, 0), Qt::DisplayRole, bot, 1, Qt::MatchStartsWith);
    require(!rows.isEmpty(), u"the agents' page has the agent"_s);
    QTest::mouseClick(table.viewport(), Qt::LeftButton, Qt::NoModifier, table.visualRect(rows.first()).center());
    stage.patience().until(
        u"the receipts are shown"_s, [&] { return hands.readAll(stage.window()).contains(u"everywhere after"_s); });
    for (const Receipt &receipt : revocation.receipts) {
        QStringList steps;
        for (const ReceiptStep &step : receipt.steps)
            steps.append(u"%1 %2 ms"_s.arg(step.step).arg(step.milliseconds, 0, 'f', 1));
        stage.transcript().say(u"receipt of %1, after %2 ms: %3"_s.arg(receipt.place)
                .arg(revocation.requestedAt.msecsTo(receipt.confirmedAt))
                .arg(steps.join(u", "_s)));
    }
    stage.picture(u"agents-receipts"_s);
    hands.press(Qt::Key_1, Qt::ControlModifier);
}

} // namespace

void playLostLink(Stage &stage)
{
    stage.transcript().act(u"The store goes away and comes back"_s);
    Hands &hands = stage.hands();
    auto &release = hands.find<QPushButton>(u"release"_s);
    hands.typeWords(ConfirmationPhrase(evidenceOf(*hands.queue().review())).text());
    require(stage.world().store().stop(LocalCluster::StopMode::Fast).has_value(), u"the store stops"_s);
    const qint64 lost = stage.patience().until(
        u"the window says that it is not live"_s, [&] { return hands.read(u"link"_s) == u"not live"_s; });
    require(
        release.isVisible() && !release.isEnabled(), u"without a link Release is off, though the words are right"_s);
    stage.transcript().say(
        u"the store is stopped; the window says so after %1 ms, and Release goes off with the right words typed"_s.arg(
            lost));
    stage.picture(u"not-live"_s);
    hands.press(Qt::Key_Escape);

    require(stage.world().store().start().has_value(), u"the store starts again"_s);
    QList<qint64> meanwhile;
    for (int number = 0; number < 3; ++number)
        meanwhile.append(stage.submit(laterScene(number)));
    auto &view = hands.find<QListView>(u"queue"_s);
    const qint64 back = stage.patience().until(u"what was submitted meanwhile has come"_s, [&] {
        if (auto *strip =
                qobject_cast<QAbstractButton *>(hands.findByName(u"newStrip"_s, QAbstractButton::staticMetaObject)))
            strip->click();
        return hands.read(u"link"_s) == u"live"_s
            && std::ranges::all_of(meanwhile, [&](qint64 id) { return rowsOf(view, id) > 0; });
    });
    stage.patience().settle();
    require(std::ranges::all_of(meanwhile, [&](qint64 id) { return rowsOf(view, id) == 1; }), u"each of them once"_s);
    stage.transcript().say(
        u"it is back; live again after %1 ms, with the %2 actions submitted meanwhile, each once"_s.arg(back).arg(
            meanwhile.size()));
    stage.patience().until(u"the executor is at work again"_s, [&] {
        return hands.findByName(u"executor"_s, QLabel::staticMetaObject)
            && !hands.read(u"executor"_s).contains(u"not"_s) && !hands.read(u"executor"_s).startsWith(u"no "_s);
    });
}

void playKillSwitch(Stage &stage, const Cast &cast)
{
    stage.transcript().act(u"The kill switch ends one agent, and nobody else"_s);
    Connection victim = stage.signIn(u"prod-eu-"_s + bot);
    Connection bystander = stage.signIn(u"prod-eu-support-agent"_s);
    require(victim.run(u"SELECT count(*) FROM customers"_s).has_value(), u"the agent reads production"_s);
    pressTheSwitch(stage);
    const qint64 milliseconds = stage.patience().until(u"every place has confirmed"_s, [&] {
        const auto revocation = revocationOf(stage, bot);
        return revocation && !revocation->receipts.isEmpty() && revocation->confirmed();
    });
    stage.transcript().say(u"pressed by key; store and prod-eu have confirmed after %1 ms"_s.arg(milliseconds));

    require(!victim.run(u"SELECT 1 AS one"_s).has_value(), u"the agent's open session is dead"_s);
    require(!Connection::open(stage.world().conninfo(u"prod-eu-"_s + bot), u"tour"_s),
        u"the agent cannot sign in to production"_s);
    const auto refused = [&] {
        auto store = Connection::open(stage.world().conninfo(u"holdpoint-"_s + bot), u"tour"_s);
        return !store || !StoreClient(*store).submit(u"prod-eu"_s, "SELECT 1", u"Once more"_s, u"Please"_s);
    };
    require(refused(), u"the store refuses the agent"_s);
    require(bystander.run(u"SELECT count(*) FROM customers"_s).has_value(), u"another agent's session lives on"_s);
    require(stage.action(cast.value(u"Drop the unused archive schema"_s)).state == ActionState::Revoked,
        u"its open actions are void"_s);
    stage.transcript().say(
        u"its session on production is dead, sign-in and submission are refused, its open actions are void; support-agent reads on"_s);
    showReceipts(stage, *revocationOf(stage, bot));
}

void playRecord(Stage &stage)
{
    stage.transcript().act(u"The record"_s);
    Hands &hands = stage.hands();
    Connection auditor = stage.signIn(u"holdpoint-auditor"_s);
    StoreClient store(auditor);
    const auto head = store.ledgerHead();
    require(head.has_value(), u"the store names the head of its ledger"_s);
    hands.press(Qt::Key_2, Qt::ControlModifier);
    auto &table = hands.find<QTableView>(u"history"_s);
    stage.patience().until(
        u"the history shows every entry of the ledger"_s, [&] { return table.model()->rowCount() == head->sequence; });
    const auto verified = verifyLedger(store);
    require(verified.has_value(), verified ? QString() : verified.error().why);
    stage.transcript().say(u"history shows all %1 entries; the chain was recomputed and holds"_s.arg(head->sequence));
    QTest::mouseClick(
        table.viewport(), Qt::LeftButton, Qt::NoModifier, table.visualRect(table.model()->index(0, 0)).center());
    stage.picture(u"history"_s);

    hands.press(Qt::Key_K, Qt::ControlModifier);
    hands.find<CommandPalette>();
    stage.picture(u"command-palette"_s);
    hands.press(Qt::Key_Escape);
    hands.press(Qt::Key_Question);
    hands.find<ShortcutOverview>();
    stage.picture(u"keys"_s);
    hands.press(Qt::Key_Escape);
    hands.press(Qt::Key_1, Qt::ControlModifier);
    stage.picture(u"queue-at-the-end"_s);
}

} // namespace holdpoint
