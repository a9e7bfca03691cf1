// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/treesearch.h"

#include <string>

namespace holdpoint {

/// The language of a DO or CREATE FUNCTION statement's body, lower case; each has its own default.
inline std::string languageOf(Node statement)
{
    for (const char *list : {"args", "options"})
        if (const Node language = option(statement[list], "language"))
            return lowered(language.as("String")["sval"].text());
    return statement["funcname"] ? "sql" : "plpgsql";
}

/// Languages whose code acts outside the database.
inline bool isUntrustedLanguage(std::string_view language)
{
    return language == "c" || language == "internal" || (language.starts_with("pl") && language.ends_with("u"))
        || language == "plsh" || language == "plpython";
}

} // namespace holdpoint
