// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/sqlmutator.h"

#include <QByteArrayList>

#include <algorithm>
#include <cctype>

namespace {

// Pieces that change what a statement is, and characters that change what a text is.
constexpr const char *pieces[] = {
    "WHERE true", "WHERE id = 1", "OR 1 = 1", "AND false", "NOT", "IS NOT NULL", "<> 1", "IN (SELECT id FROM t)",
    "EXISTS (SELECT 1 FROM u WHERE u.id = t.id)", "LIMIT 1 FOR UPDATE", "CASCADE", "; ", "DELETE FROM t",
    "UPDATE t SET a = 1", "TRUNCATE t", "WITH w AS (DELETE FROM t RETURNING *) SELECT * FROM w", "EXPLAIN ANALYZE",
    "PREPARE p AS", "EXECUTE p", "DO $$ BEGIN DELETE FROM t; END $$", "EXECUTE 'DROP TABLE t'",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$",
    "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE", "ON CONFLICT (id) DO UPDATE SET a = 1",
    "UNION ALL SELECT", "(", ")", "::int", "ARRAY[1, 2]", "ROW(1, 2)", "'x'", "E'\\x41\\u00e4'", "$a$ b $a$",
    "U&\"d\\0061t\"", "\"Quoted Name\"", "-- ", "/* ", " */", "\\gexec", "NULL", "pg_catalog.pg_class",
    "set_config('role', 'x', true)", "pg_read_file('x')", "holdpoint.ledger", "9223372036854775808", "1e400", "0x1F",
    "\xe2\x80\xae", "\xe2\x80\x8b", "\xd0\xb0", "\xef\xbd\x81", "\xf0\x9f\x98\x80", "\xff", "\r", "\t", "\n"};

int kindOf(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return std::isalnum(byte) || c == '_' || byte >= 0x80 ? 1 : std::isspace(byte) ? 2 : 3;
}

qsizetype quoteEnd(const QByteArray &sql, qsizetype start)
{
    const qsizetype end = sql.indexOf(sql[start], start + 1);
    return end < 0 ? sql.size() : end + 1;
}

/// Words, blanks, quoted texts, and every other character by itself.
QByteArrayList wordsOf(const QByteArray &sql)
{
    QByteArrayList words;
    for (qsizetype start = 0, end = 0; start < sql.size(); start = end) {
        const int kind = kindOf(sql[start]);
        end = start + 1;
        if (sql[start] == '\'' || sql[start] == '"')
            end = quoteEnd(sql, start);
        else
            while (kind != 3 && end < sql.size() && kindOf(sql[end]) == kind)
                ++end;
        words.append(sql.sliced(start, end - start));
    }
    return words;
}

} // namespace

qsizetype SqlMutator::below(qsizetype end)
{
    return std::uniform_int_distribution<qsizetype>(0, std::max<qsizetype>(0, end - 1))(m_random);
}

void SqlMutator::mutate(QByteArrayList &words)
{
    const qsizetype at = below(words.size());
    const qsizetype run = std::min(words.size() - at, 1 + below(12));
    switch (below(6)) {
    case 0:
        words.remove(at, run);
        break;
    case 1:
        words.insert(below(words.size() + 1), words.mid(at, run).join());
        break;
    case 2:
        if (!words.isEmpty())
            words.swapItemsAt(at, below(words.size()));
        break;
    case 3:
        words.insert(at, '(' + words.mid(at, run).join() + ')');
        break;
    default:
        words.insert(at, ' ' + QByteArray(pieces[below(std::ssize(pieces))]) + ' ');
    }
}

QByteArray SqlMutator::mutated(const QByteArray &sql)
{
    QByteArrayList words = wordsOf(sql);
    for (qsizetype count = 1 + below(3); count > 0; --count)
        mutate(words);
    return words.join();
}

QByteArray SqlMutator::crossed(const QByteArray &sql, const QByteArray &other)
{
    QByteArrayList words = wordsOf(sql);
    const QByteArrayList others = wordsOf(other);
    const qsizetype from = below(others.size());
    words.insert(below(words.size() + 1), others.mid(from, 1 + below(40)).join());
    return words.join();
}
