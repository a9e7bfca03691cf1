// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace holdpoint {

/// Whether PostgreSQL itself lets anybody install an extension of that name: those reach nothing outside the database.
inline bool isTrustedExtension(std::string_view name)
{
    static constexpr std::array<std::string_view, 21> trusted{"btree_gin", "btree_gist", "citext", "cube", "dict_int",
        "fuzzystrmatch", "hstore", "intarray", "isn", "lo", "ltree", "pg_trgm", "pgcrypto", "seg", "tablefunc", "tcn",
        "tsm_system_rows", "tsm_system_time", "unaccent", "uuid-ossp", "plpgsql"};
    return std::ranges::contains(trusted, name);
}

} // namespace holdpoint
