-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
-- Who reads a relation by its identity, whatever it will be called: views, and functions with a parsed body.
WITH dependent AS (
    SELECT DISTINCT d.refobjid AS source, CASE v.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END AS kind,
           format('%I.%I', n.nspname, v.relname) AS name, v.oid
      FROM pg_depend d
      JOIN pg_rewrite w ON w.oid = d.objid AND w.ev_type = '1'
      JOIN pg_class v ON v.oid = w.ev_class AND v.relkind IN ('v', 'm')
      JOIN pg_namespace n ON n.oid = v.relnamespace
     WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid
       AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT DISTINCT d.refobjid, 'function', format('%I.%I', n.nspname, p.proname), p.oid
      FROM pg_depend d
      JOIN pg_proc p ON p.oid = d.objid
      JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_class'::regclass
       AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
)
SELECT json_agg(JSON_OBJECT('on': source::bigint, 'kind': kind, 'name': name, 'oid': oid::bigint)
                ORDER BY source, kind, oid)
  FROM dependent
