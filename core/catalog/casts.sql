-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
-- Casts have no schema; the server's own are those that it was made with.
SELECT json_agg(JSON_OBJECT('source': format_type(c.castsource, NULL), 'source_oid': c.castsource::bigint,
                            'target': t.typname, 'target_oid': c.casttarget::bigint, 'context': c.castcontext,
                            'function': nullif(c.castfunc::bigint, 0) ABSENT ON NULL) ORDER BY c.oid)
  FROM pg_cast c JOIN pg_type t ON t.oid = c.casttarget
 WHERE c.oid >= 16384
