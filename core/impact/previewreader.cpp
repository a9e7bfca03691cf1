// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/previewreader.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

bool isSensitive(const QString &table, const QString &column, const QStringList &patterns)
{
    const QString bare = table.startsWith(u"public."_s) ? table.mid(7) : table;
    return std::ranges::any_of(patterns, [&](const QString &pattern) {
        const QString expression =
            QRegularExpression::wildcardToRegularExpression(pattern, QRegularExpression::NonPathWildcardConversion);
        const QRegularExpression matcher(expression, QRegularExpression::CaseInsensitiveOption);
        return matcher.match(bare + u'.' + column).hasMatch()
            || matcher.match(u"public."_s + bare + u'.' + column).hasMatch();
    });
}

/// Characters of all rows together, should every value be as long as can be.
constexpr qint64 mostShown = 64 << 20;

qint64 roomFor(qsizetype columns)
{
    return std::max<qint64>(1, mostShown / (longestShown + 1) / std::max<qsizetype>(columns, 1));
}

PreviewCell cell(const std::optional<QByteArray> &value)
{
    return value ? PreviewCell(QString::fromUtf8(*value)) : PreviewCell();
}

/// Rows of a table that is only being made come as one text each.
void noteWholeRows(Preview &preview)
{
    if (preview.columns.isEmpty() && preview.newValues.isEmpty())
        preview.newValues = {{.column = u"row"_s, .type = {}, .unknownBecause = {}, .mayDiffer = false}};
}

void take(Preview &preview, const QList<std::optional<QByteArray>> &values)
{
    PreviewRow row;
    for (qsizetype index = 0; index < values.size(); ++index) {
        const bool isOld = index < preview.columns.size();
        const QString &name =
            isOld ? preview.columns[index].name : preview.newValues[index - preview.columns.size()].column;
        const PreviewCell value = preview.masked.contains(name) ? PreviewCell() : cell(values[index]);
        (isOld ? row.before : row.after).append(value);
    }
    preview.rows.append(row);
}

} // namespace

Preview readPreview(GuardedRead &read, const Effect &effect, qint64 rows, const QStringList &sensitive)
{
    Preview preview{.columns = effect.previewColumns,
        .newValues = effect.newValues,
        .masked = {},
        .rows = {},
        .more = false,
        .unknownBecause = {}};
    noteWholeRows(preview);
    for (const PreviewColumn &column : preview.columns)
        if (isSensitive(effect.table, column.name, sensitive))
            preview.masked.append(column.name);
    for (const NewValue &value : preview.newValues)
        if (isSensitive(effect.table, value.column, sensitive) && !preview.masked.contains(value.column))
            preview.masked.append(value.column);
    const auto select = readingStatement(effect.previewSelect);
    const qsizetype columns = preview.columns.size() + preview.newValues.size();
    const qint64 shown = std::min(rows, roomFor(columns));
    const auto first = select ? read.first(*select, columns, shown) : std::unexpected(select.error());
    if (!first) {
        preview.unknownBecause = first.error().text();
        return preview;
    }
    preview.more = first->rows.size() > shown;
    for (const auto &values : first->rows.first(std::min<qsizetype>(first->rows.size(), shown)))
        take(preview, values);
    return preview;
}

} // namespace holdpoint
