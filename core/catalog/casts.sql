-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
-- Casts have no schema; the server's own are those that it was made with.
SELECT json_agg(JSON_OBJECT('source': format_type(castsource, NULL), 'target': format_type(casttarget, NULL),
                            'function': nullif(castfunc::bigint, 0) ABSENT ON NULL) ORDER BY oid)
  FROM pg_cast WHERE oid >= 16384
