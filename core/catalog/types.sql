-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
WITH checks AS MATERIALIZED (
    SELECT contypid, convalidated, pg_get_expr(conbin, 0) AS expression FROM pg_constraint
     WHERE contype = 'c' AND contypid <> 0
)
SELECT json_agg(JSON_OBJECT(
           'oid': t.oid::bigint,
           'schema': n.nspname,
           'name': t.typname,
           'kind': t.typtype,
           'labels': CASE WHEN t.typtype = 'e' THEN coalesce((SELECT json_agg(enumlabel ORDER BY enumsortorder)
                                                       FROM pg_enum WHERE enumtypid = t.oid), '[]') END,
           'base': CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
           'base_oid': CASE WHEN t.typtype = 'd' THEN t.typbasetype::bigint ELSE g.rngsubtype::bigint END,
           'array_oid': nullif(t.typarray::bigint, 0),
           'function': nullif(g.rngcanonical::oid::bigint, 0),
           'not_null': CASE WHEN t.typtype = 'd' AND t.typnotnull THEN true END,
           'default': CASE WHEN t.typtype = 'd' THEN pg_get_expr(t.typdefaultbin, 0) END,
           'checks': CASE WHEN t.typtype = 'd' THEN coalesce((SELECT json_agg(expression ORDER BY expression COLLATE "C")
                              FROM checks WHERE contypid = t.oid AND convalidated), '[]') END,
           'expressions': (SELECT json_agg(expression ORDER BY expression COLLATE "C")
                             FROM checks WHERE contypid = t.oid AND NOT convalidated),
           'extension': e.extname
           ABSENT ON NULL) ORDER BY t.oid)
  FROM pg_type t
  JOIN pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_class c ON c.oid = t.typrelid
  LEFT JOIN pg_range g ON t.oid IN (g.rngtypid, g.rngmultitypid)
  LEFT JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
                       AND d.refclassid = 'pg_extension'::regclass
  LEFT JOIN pg_extension e ON e.oid = d.refobjid
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
   AND (t.typrelid = 0 OR c.relkind = 'c')
   AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid)
