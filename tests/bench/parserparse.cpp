// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/parserparse.h"

#include <pg_query.h>

#include <cstring>

namespace holdpoint::bench {

qsizetype parseWithLibpgQuery(const QByteArray &sql)
{
    const PgQueryParseResult result = pg_query_parse(sql.constData());
    const std::size_t length = result.error ? 0 : std::strlen(result.parse_tree);
    pg_query_free_parse_result(result);
    return static_cast<qsizetype>(length);
}

} // namespace holdpoint::bench
