// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tour/acts.h"

#include "ui/mainwindow.h"
#include "ui/queue/queuemodel.h"
#include "ui/queue/queuepage.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

void typeStore(Hands &hands, const QString &conninfo)
{
    QLineEdit *line = hands.find<QComboBox>(u"conninfo"_s).lineEdit();
    line->setFocus();
    line->selectAll();
    hands.type(conninfo);
    hands.press(Qt::Key_Return);
}

} // namespace

void playSignIn(Stage &stage)
{
    stage.transcript().act(u"Signing in"_s);
    Hands &hands = stage.hands();
    stage.picture(u"sign-in"_s);
    typeStore(hands, u"service=nowhere"_s);
    stage.patience().until(u"an unknown service is an error with its remedy"_s,
        [&] { return hands.findByName(u"signInError"_s, QLabel::staticMetaObject) != nullptr; });
    stage.transcript().say(u"service=nowhere: %1"_s.arg(hands.read(u"signInError"_s)));
    stage.picture(u"sign-in-error"_s);
    typeStore(hands, u"service=holdpoint"_s);
    const qint64 milliseconds = stage.patience().until(u"the queue is shown, live"_s,
        [&] { return hands.findByName(u"link"_s, QLabel::staticMetaObject) && hands.read(u"link"_s) == u"live"_s; });
    stage.transcript().say(u"service=holdpoint: signed in as maria, live after %1 ms"_s.arg(milliseconds));
}

Cast playQueueFills(Stage &stage)
{
    stage.transcript().act(u"The queue fills while it is looked at"_s);
    Hands &hands = stage.hands();
    stage.patience().until(
        u"the empty queue is shown"_s, [&] { return hands.readAll(hands.queue()).contains(u"Nothing is waiting"_s); });
    stage.picture(u"queue-empty"_s);

    Cast cast;
    qint64 slowest = 0;
    const QList<Scene> scenes = openingScenes();
    for (const Scene &scene : scenes) {
        cast.insert(scene.title, stage.submit(scene));
        slowest = std::max(slowest, stage.patience().until(u"“%1” is in the window"_s.arg(scene.title), [&] {
            return hands.queue().waiting() == cast.size();
        }));
    }
    stage.transcript().say(
        u"%1 actions of three agents submitted; the slowest was in the window after %2 ms"_s.arg(scenes.size())
            .arg(slowest));
    auto &view = hands.find<QListView>(u"queue"_s);
    const qint64 milliseconds = stage.patience().until(u"every row has its level"_s, [&] {
        qsizetype assessed = 0;
        for (int row = 0; row < view.model()->rowCount(); ++row)
            assessed += view.model()->index(row, 0).data(QueueModel::LevelRole).isValid();
        return assessed == scenes.size();
    });
    stage.transcript().say(u"the analyzer has rated all of them, %1 ms after the last one came"_s.arg(milliseconds));
    stage.picture(u"queue"_s);
    return cast;
}

} // namespace holdpoint
