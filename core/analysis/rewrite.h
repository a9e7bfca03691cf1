// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <expected>
#include <memory>

namespace holdpoint {

/// Turns statements that change rows into the SELECT of the rows they would change. Nothing is executed; a SELECT
/// needs no right to write, so a replica's reader can explain, count and show it.
class Rewriter
{
public:
    /// @param statement one SQL statement
    explicit Rewriter(const QByteArray &statement);
    ~Rewriter();
    Rewriter(const Rewriter &) = delete;
    Rewriter &operator=(const Rewriter &) = delete;

    /// The rows that the statement itself changes: DELETE, UPDATE, INSERT … SELECT, CREATE TABLE AS, SELECT INTO,
    /// looked for inside EXPLAIN and COPY as well. WITH items named in @p leaveOut are left out.
    std::expected<QString, QString> rows(const QStringList &leaveOut) const;
    /// The same for the change in the WITH item of that name.
    std::expected<QString, QString> rowsOfCte(const QString &name) const;

private:
    struct Tree;
    std::unique_ptr<Tree> m_tree;
    QString m_error;
};

} // namespace holdpoint
