// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/parser.h"

#include "core/analysis/nativetree.h"
#include "core/analysis/parsememory.h"

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

#if defined(__SANITIZE_ADDRESS__)
// libpg_query leaks two bytes of its own for each PL/pgSQL text that it cannot parse.
extern "C" const char *__lsan_default_suppressions();
extern "C" const char *__lsan_default_suppressions()
{
    return "leak:pg_query_raw_parse";
}
#endif

namespace holdpoint {

namespace {

template <auto release> struct Releaser
{
    template <typename T> void operator()(T *result) const { release(*result); }
};

/// Frees a result of libpg_query when the scope ends.
template <auto release, typename T> std::unique_ptr<T, Releaser<release>> guarded(T &result)
{
    return std::unique_ptr<T, Releaser<release>>(&result);
}

// The parser counts characters, everything else here counts bytes.
qsizetype byteOfCharacter(QByteArrayView sql, int character)
{
    qsizetype at = 0;
    for (; at < sql.size() && character > 0; ++at)
        if (at + 1 >= sql.size() || (static_cast<unsigned char>(sql[at + 1]) & 0xC0) != 0x80)
            --character;
    return at;
}

ParseFailure failure(QByteArrayView sql, const PgQueryError &error)
{
    const QString message = QString::fromUtf8(error.message);
    const bool tooDeep = message.contains("memory exhausted"_L1) || message.contains("stack depth"_L1);
    return {message, byteOfCharacter(sql, std::max(0, error.cursorpos - 1)), tooDeep};
}

ParseFailure failure(Tree::Failure why)
{
    if (why == Tree::Failure::TooDeep)
        return {u"the text is nested too deeply"_s, 0, true};
    return {u"the parse tree could not be read"_s, 0, false};
}

std::vector<ParsedStatement> split(const Tree &tree, qsizetype textSize)
{
    std::vector<ParsedStatement> statements;
    for (const Node raw : tree.root()["stmts"]) {
        const qsizetype start = raw["stmt_location"].number();
        const qsizetype length = raw["stmt_len"].number();
        statements.push_back({raw["stmt"], nullptr, start, length > 0 ? start + length : textSize});
    }
    return statements;
}

} // namespace

std::expected<ParsedScript, ParseFailure> parseSql(const QByteArray &sql, ParseMode mode, Backslashes backslashes)
{
    // For the place of each warning, PostgreSQL would count the characters before it.
    constexpr int escaping = PG_QUERY_DISABLE_STANDARD_CONFORMING_STRINGS | PG_QUERY_DISABLE_ESCAPE_STRING_WARNING;
    const int options = backslashes == Backslashes::Escape ? escaping : 0;
    const auto memory = std::make_shared<ParseMemory>();
    const ParseMemory::Scope scope(*memory);
    const PgQueryInternalParsetreeAndError result =
        pg_query_raw_parse(sql.constData(), static_cast<int>(mode) | options);
    std::free(result.stderr_buffer);
    if (result.error) {
        const ParseFailure why = failure(sql, *result.error);
        pg_query_free_error(result.error);
        return std::unexpected(why);
    }
    auto tree = treeOf(result.tree, memory);
    if (!tree)
        return std::unexpected(failure(tree.error()));
    ParsedScript script{std::move(*tree), {}};
    script.statements = split(script.tree, sql.size());
    for (std::size_t index = 0; index < script.statements.size(); ++index)
        script.statements[index].native = static_cast<const RawStmt *>(list_nth(result.tree, static_cast<int>(index)));
    return script;
}

std::expected<Tree, ParseFailure> parsePlpgsql(const QByteArray &statement)
{
    PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(statement.constData());
    const auto guard = guarded<pg_query_free_plpgsql_parse_result>(result);
    if (result.error)
        return std::unexpected(failure(statement, *result.error));
    auto tree = Tree::fromJson(result.plpgsql_funcs);
    if (!tree)
        return std::unexpected(failure(tree.error()));
    return std::move(*tree);
}

} // namespace holdpoint
