// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/queue/queuemodel.h"

#include "ui/review/safetext.h"
#include "ui/wording.h"

#include <QSet>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

namespace {

constexpr qsizetype mostFinished = 20;
constexpr auto settleAfter = 40ms;

bool isOnItsWay(ActionState state)
{
    return !isFinal(state) && !isOpen(state);
}

/// What a person must look at is never filed under what is over.
bool needsPerson(ActionState state)
{
    return isOpen(state) || state == ActionState::Unknown;
}

} // namespace

QueueModel::QueueModel(QObject *parent)
    : QAbstractListModel(parent)
{
    m_settling.setSingleShot(true);
    m_settling.setInterval(settleAfter);
    connect(&m_settling, &QTimer::timeout, this, &QueueModel::settleUnlessHeld);
}

int QueueModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant QueueModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    if (role == IdRole)
        return row.id;
    if (row.id == 0)
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole ? row.heading : QVariant();
    const auto found = m_entries.constFind(row.id);
    if (found == m_entries.cend())
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case SummaryRole:
        return found->assessment ? summaryOf(*found->assessment) : tr("Being analysed…");
    case Qt::AccessibleTextRole:
        return describe(*found);
    case ActionRole:
        return QVariant::fromValue(found->action);
    case LevelRole:
        return found->level() ? QVariant::fromValue(*found->level()) : QVariant();
    default:
        return {};
    }
}

Qt::ItemFlags QueueModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || m_rows[index.row()].id == 0)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QList<Action> QueueModel::merge(const QList<Action> &actions)
{
    QList<Action> news;
    for (const Action &action : actions) {
        Entry &entry = m_entries[action.id];
        const bool isNew = entry.action.id == 0;
        if (!isNew && action.changeNumber <= entry.action.changeNumber)
            continue;
        if (entry.action.revision != action.revision) {
            entry.assessment.reset();
            entry.raised.reset();
        }
        entry.action = action;
        news.append(action);
        announce(action.id);
    }
    forgetOldest();
    m_loaded = true;
    settleUnlessHeld();
    return news;
}

void QueueModel::forgetOldest()
{
    QList<const Action *> finished;
    for (const Entry &entry : std::as_const(m_entries))
        if (isFinal(entry.action.state) && !needsPerson(entry.action.state))
            finished.append(&entry.action);
    if (finished.size() <= mostFinished)
        return;
    std::ranges::sort(finished, std::greater(), &Action::changeNumber);
    QSet<qint64> shown;
    for (const Row &row : std::as_const(m_rows))
        shown.insert(row.id);
    QList<qint64> doomed;
    for (const Action *action : finished | std::views::drop(mostFinished))
        if (!shown.contains(action->id))
            doomed.append(action->id);
    for (const qint64 id : std::as_const(doomed))
        m_entries.remove(id);
}

bool QueueModel::setAssessment(qint64 action, int revision, const Assessment &assessment)
{
    const auto found = m_entries.find(action);
    if (found == m_entries.end() || found->action.revision != revision)
        return false;
    found->assessment = assessment;
    announce(action);
    settleSoon();
    return true;
}

void QueueModel::raise(qint64 action, int revision, RiskLevel level)
{
    const auto found = m_entries.find(action);
    if (found == m_entries.end() || found->action.revision != revision || found->raised == level)
        return;
    found->raised = level;
    announce(action);
    settleSoon();
}

std::optional<RiskLevel> QueueModel::Entry::level() const
{
    if (!assessment)
        return std::nullopt;
    return std::max(assessment->level, raised.value_or(RiskLevel::Read));
}

void QueueModel::setFilter(const QString &text)
{
    m_filter = text.trimmed();
    settle();
}

void QueueModel::hold(bool held)
{
    m_held = held;
    settleUnlessHeld();
}

void QueueModel::settleUnlessHeld()
{
    if (m_held)
        Q_EMIT countsChanged();
    else
        settle();
}

void QueueModel::settleSoon()
{
    if (!m_settling.isActive())
        m_settling.start();
}

void QueueModel::settle()
{
    m_settling.stop();
    if (isStale()) {
        beginResetModel();
        m_rows = wantedRows();
        endResetModel();
    }
    Q_EMIT countsChanged();
}

QList<QueueModel::Row> QueueModel::wantedRows() const
{
    QList<const Entry *> waiting;
    QList<const Entry *> onTheirWay;
    QList<const Entry *> finished;
    for (const Entry &entry : m_entries) {
        if (!isShown(entry))
            continue;
        if (needsPerson(entry.action.state))
            waiting.append(&entry);
        else
            (isOnItsWay(entry.action.state) ? onTheirWay : finished).append(&entry);
    }
    std::ranges::sort(waiting, [](const Entry *a, const Entry *b) {
        // Nobody knows yet how bad an unassessed text is.
        const RiskLevel levelOfA = a->level().value_or(RiskLevel::Critical);
        const RiskLevel levelOfB = b->level().value_or(RiskLevel::Critical);
        if (levelOfA != levelOfB)
            return levelOfA > levelOfB;
        return std::pair(a->action.submittedAt, a->action.id) < std::pair(b->action.submittedAt, b->action.id);
    });
    const auto newestChangeFirst = [](const Entry *a, const Entry *b) {
        return a->action.changeNumber > b->action.changeNumber;
    };
    std::ranges::sort(onTheirWay, newestChangeFirst);
    std::ranges::sort(finished, newestChangeFirst);
    if (finished.size() > mostFinished)
        finished.resize(mostFinished);
    QList<Row> rows;
    append(rows, tr("Waiting for a person"), waiting);
    append(rows, tr("On their way"), onTheirWay);
    append(rows, tr("Ended lately"), finished);
    return rows;
}

void QueueModel::append(QList<Row> &rows, const QString &heading, QList<const Entry *> entries) const
{
    if (entries.isEmpty())
        return;
    rows.append(Row{0, u"%1 · %2"_s.arg(heading, numberText(entries.size()))});
    for (const Entry *entry : std::as_const(entries))
        rows.append(Row{entry->action.id, {}});
}

bool QueueModel::isShown(const Entry &entry) const
{
    if (m_filter.isEmpty())
        return true;
    const Action &action = entry.action;
    const QString summary = entry.assessment ? summaryOf(*entry.assessment) : QString();
    const QString level = entry.level() ? levelText(*entry.level()) : QString();
    const QStringList texts{action.agent, action.target, action.title, summary, level, toText(action.state),
        u'#' + QString::number(action.id)};
    return std::ranges::any_of(
        texts, [this](const QString &text) { return text.contains(m_filter, Qt::CaseInsensitive); });
}

void QueueModel::announce(qint64 id)
{
    if (const QModelIndex index = indexOf(id); index.isValid())
        Q_EMIT dataChanged(index, index);
}

QString QueueModel::describe(const Entry &entry) const
{
    const QString risk = entry.level() ? tr("%1 risk").arg(levelText(*entry.level())) : tr("risk not known yet");
    const QString summary = entry.assessment ? summaryOf(*entry.assessment) : QString();
    return tr("%1, %2, %3, asked by %4 for %5")
        .arg(risk, summary, toText(entry.action.state), safeLine(entry.action.agent), safeLine(entry.action.target));
}

const Action *QueueModel::action(qint64 id) const
{
    const auto found = m_entries.constFind(id);
    return found == m_entries.cend() ? nullptr : &found->action;
}

const Assessment *QueueModel::assessment(qint64 id) const
{
    const auto found = m_entries.constFind(id);
    return found == m_entries.cend() || !found->assessment ? nullptr : &*found->assessment;
}

QModelIndex QueueModel::indexOf(qint64 id) const
{
    if (id == 0)
        return {};
    const auto found = std::ranges::find(m_rows, id, &Row::id);
    return found == m_rows.cend() ? QModelIndex() : index(static_cast<int>(found - m_rows.cbegin()));
}

QModelIndex QueueModel::nextAction(int row, int step) const
{
    for (int next = row + step; next >= 0 && next < rowCount(); next += step)
        if (m_rows[next].id != 0)
            return index(next);
    return {};
}

int QueueModel::waiting() const
{
    return static_cast<int>(
        std::ranges::count_if(m_entries, [](const Entry &entry) { return needsPerson(entry.action.state); }));
}

int QueueModel::unseen() const
{
    QSet<qint64> shown;
    for (const Row &row : m_rows)
        shown.insert(row.id);
    const QList<Row> wanted = wantedRows();
    return static_cast<int>(
        std::ranges::count_if(wanted, [&](const Row &row) { return row.id != 0 && !shown.contains(row.id); }));
}

} // namespace holdpoint
