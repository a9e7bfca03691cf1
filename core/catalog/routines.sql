-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
SELECT json_agg(JSON_OBJECT(
           'oid': p.oid::bigint,
           'schema': n.nspname,
           'name': p.proname,
           'kind': p.prokind,
           'language': l.lanname,
           'volatility': p.provolatile,
           'security_definer': CASE WHEN p.prosecdef THEN true END,
           'arguments': p.pronargs,
           'defaults': p.pronargdefaults,
           'variadic': CASE WHEN p.provariadic <> 0 THEN true END,
           'argument_types': coalesce((SELECT json_agg(format_type(a.type, NULL) ORDER BY a.place)
                                         FROM unnest(p.proargtypes) WITH ORDINALITY AS a(type, place)), '[]'),
           'returns': format_type(p.prorettype, NULL),
           'returns_set': CASE WHEN p.proretset THEN true END,
           'settings': to_json(p.proconfig),
           'extension': e.extname,
           'definition': CASE WHEN p.prokind IN ('f', 'p') AND l.lanname IN ('sql', 'plpgsql')
                              THEN pg_get_functiondef(p.oid) END
           ABSENT ON NULL) ORDER BY p.oid)
  FROM pg_proc p
  JOIN pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_language l ON l.oid = p.prolang
  LEFT JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
                       AND d.refclassid = 'pg_extension'::regclass
  LEFT JOIN pg_extension e ON e.oid = d.refobjid
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
