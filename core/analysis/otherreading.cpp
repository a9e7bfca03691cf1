// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/otherreading.h"

#include "core/analysis/parser.h"

#include <algorithm>

namespace holdpoint {

namespace {

/// A literal in plain quotes: only there the setting matters.
bool isPlain(QByteArrayView sql, const Segment &segment)
{
    if (segment.kind != Segment::Kind::Literal || sql[segment.start] != '\'')
        return false;
    const char before = segment.start > 0 ? sql[segment.start - 1] : ' ';
    return before != 'e' && before != 'E';
}

/// Whether two trees are of the same build, whatever their literals hold.
bool sameShape(Node a, Node b)
{
    if (a.key() != b.key() || a.type() != b.type() || a.isText() != b.isText())
        return false;
    if (a.isText() && a.key() != "sval" && a.text() != b.text())
        return false;
    auto left = a.begin(), right = b.begin();
    for (; left != a.end() && right != b.end(); ++left, ++right)
        if (!sameShape(*left, *right))
            return false;
    return left == a.end() && right == b.end();
}

} // namespace

std::optional<Segment> readOtherwise(
    const QByteArray &sql, const std::vector<Segment> &segments, const ParsedScript &script)
{
    const auto suspect = std::ranges::find_if(segments, [&](const Segment &segment) {
        return isPlain(sql, segment)
            && QByteArrayView(sql).sliced(segment.start, segment.end - segment.start).contains('\\');
    });
    if (suspect == segments.end())
        return std::nullopt;
    const auto other = parseSql(sql, ParseMode::Script, Backslashes::Escape);
    if (!other || sameShape(script.tree.root()["stmts"], other->tree.root()["stmts"]))
        return std::nullopt;
    return *suspect;
}

} // namespace holdpoint
