// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/tree.h"

#include <QByteArray>
#include <QString>

#include <expected>
#include <vector>

struct RawStmt;

namespace holdpoint {

/// Why a text has no parse tree.
struct ParseFailure
{
    QString message;
    qsizetype offset = 0; ///< byte at which the parser gave up
    bool tooDeep = false; ///< nested deeper than anybody could review
};

struct ParsedStatement
{
    Node node; ///< as in `{"DeleteStmt":{…}}`
    const RawStmt *native = nullptr; ///< the same as PostgreSQL's parser gave it; lives as long as the script
    qsizetype start = 0; ///< byte span in the text, blanks and comments around it included
    qsizetype end = 0;
};

struct ParsedScript
{
    Tree tree;
    std::vector<ParsedStatement> statements;
};

/// How PL/pgSQL hands a text to the parser; the numbers are PostgreSQL's own (RawParseMode).
enum class ParseMode { Script = 0, Expression = 2, Assignment1 = 3, Assignment2 = 4, Assignment3 = 5 };

/// What a backslash in a plain literal means: itself, or, where standard_conforming_strings is off, an escape.
enum class Backslashes { Plain, Escape };

/// Parses as a PostgreSQL 17 server with its default settings would. @p sql must hold no NUL byte.
std::expected<ParsedScript, ParseFailure> parseSql(
    const QByteArray &sql, ParseMode mode = ParseMode::Script, Backslashes backslashes = Backslashes::Plain);

/// Parses a DO or CREATE FUNCTION statement's PL/pgSQL body: the tree that libpg_query gives for it.
std::expected<Tree, ParseFailure> parsePlpgsql(const QByteArray &statement);

} // namespace holdpoint
