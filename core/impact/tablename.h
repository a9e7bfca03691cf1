// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLatin1StringView>

namespace holdpoint {

/// The beginning of a query: `named` has the oid of the table that the first value names, or NULL; `tree` has it with
/// all that inherits from it. The name is the relation's own, as the parser has read it: nothing is folded, and a dot
/// may be the schema's or the name's. Two tables that it could mean are none.
inline constexpr auto tableTree = QLatin1StringView(R"(
WITH RECURSIVE given(name) AS (
  SELECT ?::text
), named(oid) AS (
  SELECT CASE WHEN count(*) = 1 THEN min(c.oid) END
  FROM given, pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f')
    AND (given.name = n.nspname || '.' || c.relname
      OR (given.name = c.relname AND n.nspname IN ('public', 'pg_catalog')))
), tree(oid) AS (
  SELECT oid FROM named UNION SELECT i.inhrelid FROM pg_inherits i JOIN tree ON tree.oid = i.inhparent
))");

} // namespace holdpoint
