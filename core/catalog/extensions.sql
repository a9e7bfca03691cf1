-- SPDX-FileCopyrightText: 2026 The Holdpoint authors
-- SPDX-License-Identifier: Apache-2.0
SELECT json_agg(extname ORDER BY extname) FROM pg_extension
