// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// PostgreSQL's headers define macros with names that others use: they come last.
#include <QByteArray>
#include <QStringList>

#include <algorithm>
#include <array>
#include <expected>
#include <locale>
#include <string>
#include <vector>

#include "core/analysis/parsememory.h"

extern "C" {
#include <lib/stringinfo.h>
#include <nodes/makefuncs.h>
#include <nodes/parsenodes.h>
}

/// Pieces of PostgreSQL's own parse tree, made by hand. Whatever is made lives in the memory of the ParseMemory::Scope
/// that is open; what it is made of is shared, never changed.
namespace holdpoint::pgtree {

using PgNode = ::Node;

template <typename T> T *as(PgNode *node)
{
    return reinterpret_cast<T *>(node);
}

inline NodeTag tagOf(const PgNode *node)
{
    return node->type;
}

template <typename T> PgNode *node(T *body)
{
    return reinterpret_cast<PgNode *>(body);
}

template <typename T> T *made(NodeTag tag)
{
    auto *body = static_cast<T *>(palloc0(sizeof(T)));
    reinterpret_cast<PgNode *>(body)->type = tag;
    return body;
}

/// A copy of a name that lives as long as the tree.
char *name(const std::string &text);
/// What a relation is called where it stands in a FROM list.
const char *nameIn(const RangeVar &relation);

PgNode *column(const char *relation, const char *column);
PgNode *everyColumn(const char *relation);
/// An item of a target list; @p label may be null.
PgNode *target(PgNode *value, const char *label = nullptr);
PgNode *one();
PgNode *truth();

/// Both conditions; either may be null.
PgNode *both(PgNode *a, PgNode *b);
PgNode *isNotTrue(PgNode *condition);
PgNode *notExists(SelectStmt *select);
PgNode *isDistinct(PgNode *a, PgNode *b);

/// The value, in brackets of its own wherever it is written: CASE WHEN true THEN value END.
PgNode *inCase(PgNode *value);

/// The value as an assignment to a column of a type would store it; null if the type cannot be read.
/// @param type as format_type() writes it
PgNode *castTo(PgNode *value, const std::string &type);
/// A value as text, as long as a person can look at: nothing larger needs to leave the server.
PgNode *shown(PgNode *value);
/// An expression of the catalogue's, such as a default; null if it cannot be read.
PgNode *parsedExpression(const std::string &text);

std::expected<QString, QString> textOf(SelectStmt *select);

} // namespace holdpoint::pgtree
