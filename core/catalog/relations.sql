-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Relations with their columns, and what watches or bounds their rows. %1 says whether statistics are wanted.
WITH relation AS MATERIALIZED (
    SELECT c.oid, n.nspname, c.relname, c.relkind, c.reltype, c.relowner, c.relrowsecurity, c.relforcerowsecurity, c.reltuples,
           c.relpages, c.relhassubclass, n.nspname IN ('pg_catalog', 'information_schema') AS system
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c') AND (n.nspname !~ '^pg_' OR n.nspname = 'pg_catalog')
), own AS MATERIALIZED (
    SELECT * FROM relation WHERE NOT system
), statistic AS MATERIALIZED (
    -- Samples of large values say little and weigh much.
    SELECT schemaname, tablename, attname, inherited, null_frac, n_distinct, most_common_freqs,
           CASE WHEN pg_column_size(most_common_vals) < 16384 THEN most_common_vals::text END AS common,
           CASE WHEN pg_column_size(histogram_bounds) < 16384 THEN histogram_bounds::text END AS bounds
      FROM pg_stats WHERE %1 AND schemaname !~ '^pg_' AND schemaname <> 'information_schema'
), columns AS (
    SELECT a.attrelid, json_agg(JSON_OBJECT(
               'name': a.attname,
               'type': format_type(a.atttypid, a.atttypmod),
               'type_oid': a.atttypid::bigint,
               'not_null': CASE WHEN a.attnotnull AND (a.attrelid, a.attnum) NOT IN (
                   SELECT conrelid, conkey[1] FROM pg_constraint
                    WHERE contype = 'n' AND conrelid <> 0 AND NOT convalidated) THEN true END,
               'identity': CASE WHEN NOT r.system THEN nullif(a.attidentity::text, '') END,
               'generated': CASE WHEN NOT r.system THEN nullif(a.attgenerated::text, '') END,
               'default': pg_get_expr(d.adbin, d.adrelid),
               'null_frac': s.null_frac,
               'distinct': s.n_distinct,
               'common': CASE WHEN t.typdelim = ',' THEN to_json(s.common::text[]) END,
               'frequencies': CASE WHEN t.typdelim = ',' AND s.common IS NOT NULL THEN to_json(s.most_common_freqs) END,
               'bounds': CASE WHEN t.typdelim = ',' THEN to_json(s.bounds::text[]) END
               ABSENT ON NULL) ORDER BY a.attnum) AS list
      FROM relation r
      JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND NOT r.system
      LEFT JOIN statistic s ON s.schemaname = r.nspname AND s.tablename = r.relname AND s.attname = a.attname
                           AND s.inherited = (r.relkind = 'p') AND NOT r.system
     GROUP BY a.attrelid
), parents AS (
    SELECT inhrelid, json_agg(inhparent::bigint ORDER BY inhseqno) AS list FROM pg_inherits GROUP BY inhrelid
), keys AS (
    SELECT i.indrelid, json_agg((
               SELECT json_agg(a.attname ORDER BY k.place)
                 FROM unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
                 JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                WHERE k.place <= i.indnkeyatts) ORDER BY i.indexrelid) AS list
      FROM pg_index i JOIN own r ON r.oid = i.indrelid
     WHERE i.indisunique AND i.indisvalid AND i.indisready AND i.indislive AND i.indimmediate
       AND i.indpred IS NULL AND i.indexprs IS NULL
     GROUP BY i.indrelid
), checks AS MATERIALIZED (
    -- What holds for a table alone says nothing about the rows that a statement finds in its children.
    SELECT c.conrelid, c.convalidated AND NOT (c.connoinherit AND r.relhassubclass) AS holds,
           pg_get_expr(c.conbin, c.conrelid) AS expression
      FROM pg_constraint c JOIN own r ON r.oid = c.conrelid
     WHERE c.contype = 'c'
), held AS (
    SELECT conrelid, json_agg(expression ORDER BY expression COLLATE "C") AS list FROM checks
     WHERE holds AND expression IS NOT NULL GROUP BY conrelid
), expression AS (
    SELECT i.indrelid AS relation, pg_get_indexdef(i.indexrelid, k.place, false) AS text
      FROM pg_index i JOIN own r ON r.oid = i.indrelid CROSS JOIN LATERAL generate_series(1, i.indnkeyatts) AS k(place)
     WHERE i.indexprs IS NOT NULL AND i.indkey[k.place - 1] = 0
    UNION ALL
    SELECT i.indrelid, pg_get_expr(i.indpred, i.indrelid) FROM pg_index i JOIN own r ON r.oid = i.indrelid
    UNION ALL
    SELECT p.polrelid, pg_get_expr(p.polqual, p.polrelid) FROM pg_policy p JOIN own r ON r.oid = p.polrelid
    UNION ALL
    SELECT p.polrelid, pg_get_expr(p.polwithcheck, p.polrelid) FROM pg_policy p JOIN own r ON r.oid = p.polrelid
    UNION ALL
    SELECT p.partrelid, pg_get_expr(p.partexprs, p.partrelid)
      FROM pg_partitioned_table p JOIN own r ON r.oid = p.partrelid
    UNION ALL
    SELECT conrelid, expression FROM checks WHERE NOT holds
), expressions AS (
    SELECT relation, json_agg(text ORDER BY text COLLATE "C") AS list FROM expression
     WHERE text IS NOT NULL GROUP BY relation
), triggers AS (
    SELECT tgrelid, json_agg(JSON_OBJECT('name': tgname, 'function': tgfoid::bigint, 'enabled': tgenabled,
                                         'type': tgtype) ORDER BY tgname) AS list
      FROM pg_trigger WHERE NOT tgisinternal GROUP BY tgrelid
), rules AS (
    SELECT w.ev_class, json_agg(JSON_OBJECT(
               'name': w.rulename,
               'event': CASE w.ev_type WHEN '1' THEN 's' WHEN '2' THEN 'u' WHEN '3' THEN 'i' ELSE 'd' END,
               'instead': w.is_instead,
               'enabled': w.ev_enabled,
               'definition': pg_get_ruledef(w.oid)
               ABSENT ON NULL) ORDER BY w.rulename) AS list
      FROM pg_rewrite w JOIN own r ON r.oid = w.ev_class
     WHERE w.rulename <> '_RETURN'
     GROUP BY w.ev_class
)
SELECT json_agg(CASE
           WHEN r.system THEN JSON_OBJECT('oid': r.oid::bigint, 'schema': r.nspname, 'name': r.relname,
                                          'kind': r.relkind, 'columns': coalesce(c.list, '[]'))
           ELSE JSON_OBJECT(
               'oid': r.oid::bigint,
               'schema': r.nspname,
               'name': r.relname,
               'kind': r.relkind,
               'type_oid': nullif(r.reltype::bigint, 0),
               'array_oid': nullif((SELECT t.typarray FROM pg_type t WHERE t.oid = r.reltype)::bigint, 0),
               'owner': pg_get_userbyid(r.relowner),
               'rls': CASE WHEN r.relrowsecurity THEN true END,
               'rls_forced': CASE WHEN r.relforcerowsecurity THEN true END,
               'rows': CASE WHEN r.reltuples >= 0 THEN r.reltuples::bigint END,
               'bytes': r.relpages::bigint * current_setting('block_size')::bigint,
               'parents': coalesce(p.list, '[]'),
               'columns': coalesce(c.list, '[]'),
               'keys': coalesce(k.list, '[]'),
               'checks': coalesce(h.list, '[]'),
               'expressions': coalesce(e.list, '[]'),
               'triggers': coalesce(t.list, '[]'),
               'rules': coalesce(u.list, '[]'),
               'definition': CASE WHEN r.relkind IN ('v', 'm') THEN pg_get_viewdef(r.oid) END
               ABSENT ON NULL)
       END ORDER BY r.oid)
  FROM relation r
  LEFT JOIN columns c ON c.attrelid = r.oid
  LEFT JOIN parents p ON p.inhrelid = r.oid
  LEFT JOIN keys k ON k.indrelid = r.oid
  LEFT JOIN held h ON h.conrelid = r.oid
  LEFT JOIN expressions e ON e.relation = r.oid
  LEFT JOIN triggers t ON t.tgrelid = r.oid
  LEFT JOIN rules u ON u.ev_class = r.oid
