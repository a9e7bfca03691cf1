-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
SELECT json_agg(JSON_OBJECT('schema': n.nspname, 'name': o.oprname, 'function': o.oprcode::oid::bigint) ORDER BY o.oid)
  FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
 WHERE n.nspname !~ '^pg_'
