// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <expected>
#include <memory>

struct Node;
struct RawStmt;

namespace holdpoint {

class ParseMemory;

/// Turns statements that change rows into the SELECT of the rows they would change. Nothing is executed; a SELECT
/// needs no right to write, so a replica's reader can explain, count and show it.
class Rewriter
{
public:
    /// @param statement as the parser gave it; must outlive this object
    explicit Rewriter(const RawStmt &statement);
    ~Rewriter();
    Rewriter(const Rewriter &) = delete;
    Rewriter &operator=(const Rewriter &) = delete;

    /// The rows that the statement itself changes: DELETE, UPDATE, INSERT … SELECT, CREATE TABLE AS, SELECT INTO,
    /// looked for inside EXPLAIN and COPY as well. WITH items named in @p leaveOut are left out.
    std::expected<QString, QString> rows(const QStringList &leaveOut) const;
    /// The same for the change in the WITH item of that name.
    std::expected<QString, QString> rowsOfCte(const QString &name) const;

private:
    std::unique_ptr<ParseMemory> m_memory; ///< of what the rewriting makes
    ::Node *m_core; ///< the statement that does the work
};

} // namespace holdpoint
