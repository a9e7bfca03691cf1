-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
SELECT json_agg(JSON_OBJECT(
           'name': c.conname,
           'from': c.conrelid::bigint,
           'to': c.confrelid::bigint,
           'from_columns': (SELECT json_agg(a.attname ORDER BY k.place)
                              FROM unnest(c.conkey) WITH ORDINALITY AS k(attnum, place)
                              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum),
           'to_columns': (SELECT json_agg(a.attname ORDER BY k.place)
                            FROM unnest(c.confkey) WITH ORDINALITY AS k(attnum, place)
                            JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.attnum),
           'on_delete': c.confdeltype,
           'on_update': c.confupdtype) ORDER BY c.oid)
  FROM pg_constraint c
 WHERE c.contype = 'f' AND c.conparentid = 0
