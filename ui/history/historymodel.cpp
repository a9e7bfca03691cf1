// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/history/historymodel.h"

#include "ui/icons.h"
#include "ui/review/safetext.h"
#include "ui/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

QString eventText(const QString &event)
{
    return safeLine(QString(event).replace(u'_', u' '), 60);
}

QString eventIconName(const QString &event)
{
    if (event.contains("revo"_L1))
        return u"revoke"_s;
    if (const std::optional<ActionState> state = actionStateFromWord(event))
        return stateIconName(*state);
    return event.contains("submit"_L1) || event.contains("revis"_L1) ? u"arrow-up"_s : u"dot"_s;
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LedgerEntry &entry = m_entries[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return text(entry, index.column());
    case EntryRole:
        return QVariant::fromValue(entry);
    case SearchRole:
        return QStringList{entry.event, eventText(entry.event), entry.actor, entry.agent, entry.target,
            u'#' + QString::number(entry.action), momentText(entry.at), entry.body}
            .join(u'\n');
    default:
        return {};
    }
}

QVariant HistoryModel::text(const LedgerEntry &entry, int column) const
{
    switch (column) {
    case TimeColumn:
        return momentText(entry.at);
    case EventColumn:
        return eventText(entry.event);
    case ActionColumn:
        return entry.action == 0 ? QString()
            : entry.revision > 1 ? tr("#%1 r%2").arg(entry.action).arg(entry.revision)
                                 : u"#%1"_s.arg(entry.action);
    case ActorColumn:
        return safeLine(entry.actor, 80);
    case AgentColumn:
        return safeLine(entry.agent, 80);
    default:
        return safeLine(entry.target, 80);
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case EventColumn:
        return tr("Event");
    case ActionColumn:
        return tr("Action");
    case ActorColumn:
        return tr("By");
    case AgentColumn:
        return tr("Agent");
    default:
        return tr("Target");
    }
}

void HistoryModel::add(const QList<LedgerEntry> &entries)
{
    // Whole pages come at either end; anything between them is rare, and inserted where it belongs.
    QList<LedgerEntry> sorted = entries;
    std::ranges::sort(sorted, std::greater(), &LedgerEntry::sequence);
    for (auto from = sorted.cbegin(); from != sorted.cend();) {
        const auto place =
            std::ranges::lower_bound(std::as_const(m_entries), from->sequence, std::greater(), &LedgerEntry::sequence);
        const qint64 next = place == m_entries.cend() ? 0 : place->sequence;
        if (next == from->sequence) {
            ++from;
            continue;
        }
        const auto to =
            std::find_if(from, sorted.cend(), [next](const LedgerEntry &entry) { return entry.sequence <= next; });
        const auto row = static_cast<int>(place - m_entries.cbegin());
        beginInsertRows({}, row, row + static_cast<int>(to - from) - 1);
        const QList<LedgerEntry> rest = m_entries.sliced(row);
        m_entries.resize(row);
        m_entries.append(QList<LedgerEntry>(from, to));
        m_entries.append(rest);
        endInsertRows();
        from = to;
    }
}

qint64 HistoryModel::oldest() const
{
    return m_entries.isEmpty() ? 0 : m_entries.constLast().sequence;
}

} // namespace holdpoint
