// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace holdpoint {

/// Characters of a value that a preview shows at most; it fetches one more where there are more.
inline constexpr int longestShown = 16'384;

/// A column of the table, as a preview shows it.
struct PreviewColumn
{
    QString name;
    QString type; ///< as format_type() writes it
    bool isKey = false; ///< part of the table's first unique key

    bool operator==(const PreviewColumn &) const = default;
};

/// What a column gets, as a column of an effect's preview.
struct NewValue
{
    QString column;
    QString type; ///< as format_type() writes it; empty where it is not known
    QString unknownBecause; ///< why it cannot be told before; the preview has NULL then
    bool mayDiffer = false; ///< made anew when the statement runs, or changed by a trigger

    bool operator==(const NewValue &) const = default;
};

/// Rows that a foreign key changes along with those of an effect, or that keep it from happening.
struct Reached
{
    enum class Action { Delete, Update, SetNull, SetDefault, Refuse };

    QString table; ///< schema and name
    QString through; ///< the table whose rows it refers to
    QStringList constraints;
    Action action = Action::Refuse;
    int hops = 1; ///< from the effect's own table
    QString rowsSelect; ///< one SELECT with a row for each row reached
    QString unknownBecause; ///< why there is none

    bool operator==(const Reached &) const = default;
};

/// What ALTER TABLE does with the rows of its table, besides what it is there for.
struct RowsRewritten
{
    enum class Extent { No, Scan, Full };

    Extent extent = Extent::Full; ///< Scan: every row is read; Full: every row is written anew, or may be
    QString because;

    bool operator==(const RowsRewritten &) const = default;
};

/// Which rows one statement would touch, as far as its text tells. Exactly one of `rowsSelect`, `rows`,
/// `wholeTable` and `unknownBecause` is set.
struct Effect
{
    QString verb; ///< as typed by the approver: `delete`, `update`, `insert`, `truncate`, `drop`, …
    QString table; ///< as typed by the approver: its own name without quotes, its schema only where the text gives
                   ///< one; `unknown` where the text names none
    QString branch; ///< of a MERGE: which WHEN clause it is
    QString rowsSelect; ///< one SELECT with a row for each row touched; needs no more than the right to read
    std::optional<qint64> rows; ///< known from the text alone, as for INSERT … VALUES
    bool wholeTable = false; ///< TRUNCATE, DROP TABLE: every row of `table`
    QString unknownBecause; ///< why the rows cannot be told
    bool atMost = false; ///< of `rows` and `rowsSelect`: fewer if they collide with rows that are there
    QString outdatedBecause; ///< an earlier statement of the text changes what this one reads: queries of today's rows
                             ///< tell less than the truth
    QString previewSelect; ///< the rows themselves, as text: one column for each of `previewColumns` as they are, then
                           ///< one for each of `newValues`. Empty where the catalogue is not known
    QList<PreviewColumn> previewColumns; ///< empty of rows that are new
    QList<NewValue> newValues;
    QList<Reached> reached; ///< by foreign keys, nearest first; needs the catalogue
    std::optional<RowsRewritten> rewritten; ///< of an ALTER TABLE

    bool operator==(const Effect &) const = default;
};

} // namespace holdpoint
