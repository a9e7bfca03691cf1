// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/tree.h"

#include <charconv>

namespace holdpoint {

std::int64_t Node::number() const
{
    return m_tree ? m_tree->items[m_index].number : 0;
}

bool Node::truth() const
{
    return m_tree && m_tree->items[m_index].kind == TreeData::Kind::True;
}

std::size_t Node::count() const
{
    std::size_t items = 0;
    for ([[maybe_unused]] const Node child : *this)
        ++items;
    return items;
}

std::optional<std::int64_t> Node::location() const
{
    const Node member = (*this)["location"];
    if (!member || member.number() < 0)
        return std::nullopt;
    return member.number();
}

bool Node::isNoConstant() const
{
    return m_tree && m_tree->items[m_index].isNoConstant;
}

void Node::noteNoConstant() const
{
    if (m_tree)
        m_tree->items[m_index].isNoConstant = true;
}

void Node::spend(std::size_t effort) const
{
    if (m_tree)
        m_tree->spent += effort;
}

bool Node::isSpent() const
{
    constexpr std::size_t stepsAtLeast = 2'000'000, stepsPerItem = 256;
    return m_tree && m_tree->spent > stepsAtLeast + stepsPerItem * m_tree->items.size();
}

const ColumnBinding *Node::binding() const
{
    if (!m_tree || m_tree->bindings.empty())
        return nullptr;
    const auto found = m_tree->bindings.find(m_index);
    return found == m_tree->bindings.end() ? nullptr : &found->second;
}

void Node::bind(ColumnBinding binding) const
{
    if (m_tree)
        m_tree->bindings.insert_or_assign(m_index, std::move(binding));
}

/// Reads the JSON that libpg_query writes. Strict where it matters: whatever it does not expect is Malformed.
class TreeReader
{
public:
    explicit TreeReader(TreeData &tree)
        : m_tree(tree)
        , m_text(tree.json)
    {
    }

    bool read()
    {
        m_tree.items.reserve(m_text.size() / 12 + 2);
        m_tree.items.emplace_back(); // index 0 means none
        return value({}, 0) && (blank(), m_at == m_text.size());
    }

    bool tooDeep() const { return m_tooDeep; }

private:
    using Kind = TreeData::Kind;

    bool value(std::string_view key, int depth)
    {
        if (depth > Tree::deepest) {
            m_tooDeep = true;
            return false;
        }
        blank();
        const auto index = static_cast<std::uint32_t>(m_tree.items.size());
        m_tree.items.emplace_back().key = key;
        switch (peek()) {
        case '{':
        case '[':
            return children(index, depth);
        case '"': {
            std::string_view text;
            const bool good = string(text);
            return set(index, Kind::Text, text) && good;
        }
        case 't':
            return word("true") && set(index, Kind::True, {});
        case 'f':
            return word("false") && set(index, Kind::False, {});
        case 'n':
            return word("null") && set(index, Kind::Nothing, {});
        default:
            return number(index);
        }
    }

    bool children(std::uint32_t parent, int depth)
    {
        const bool object = m_text[m_at++] == '{';
        m_tree.items[parent].kind = object ? Kind::Object : Kind::List;
        const char closing = object ? '}' : ']';
        std::uint32_t last = 0;
        for (blank(); peek() != closing; blank()) {
            if (last && !take(','))
                return false;
            std::string_view key;
            blank();
            if (object && (!string(key) || (blank(), !take(':'))))
                return false;
            const auto child = static_cast<std::uint32_t>(m_tree.items.size());
            if (!value(key, depth + 1))
                return false;
            (last ? m_tree.items[last].next : m_tree.items[parent].firstChild) = child;
            last = child;
        }
        return take(closing);
    }

    bool string(std::string_view &out)
    {
        if (!take('"'))
            return false;
        const std::size_t start = m_at;
        const std::size_t end = m_text.find_first_of("\"\\", start);
        if (end == std::string_view::npos)
            return false;
        if (m_text[end] == '"') {
            out = m_text.substr(start, end - start);
            m_at = end + 1;
            return true;
        }
        return escapedString(out);
    }

    bool escapedString(std::string_view &out)
    {
        std::string text;
        while (m_at < m_text.size() && m_text[m_at] != '"') {
            if (m_text[m_at] != '\\')
                text += m_text[m_at++];
            else if (!escape(text))
                return false;
        }
        out = m_tree.unescaped.emplace_back(std::move(text));
        return take('"');
    }

    bool escape(std::string &text)
    {
        if (m_at + 1 >= m_text.size())
            return false;
        const char letter = m_text[m_at + 1];
        m_at += 2;
        if (letter == 'u')
            return unicode(text);
        static constexpr std::string_view letters = "bfnrt\"\\/", meant = "\b\f\n\r\t\"\\/";
        const std::size_t which = letters.find(letter);
        if (which == std::string_view::npos)
            return false;
        text += meant[which];
        return true;
    }

    // The writer escapes control characters and '<' alone this way: all of them are one byte.
    bool unicode(std::string &text)
    {
        unsigned code = 0;
        const char *first = m_text.data() + m_at;
        if (m_at + 4 > m_text.size() || std::from_chars(first, first + 4, code, 16).ptr != first + 4 || code > 127)
            return false;
        m_at += 4;
        text += static_cast<char>(code);
        return true;
    }

    bool number(std::uint32_t index)
    {
        TreeData::Item &item = m_tree.items[index];
        const char *first = m_text.data() + m_at;
        const auto [end, error] = std::from_chars(first, m_text.data() + m_text.size(), item.number);
        if (error != std::errc())
            return false;
        m_at += static_cast<std::size_t>(end - first);
        item.kind = Kind::Number;
        return true;
    }

    bool set(std::uint32_t index, Kind kind, std::string_view text)
    {
        m_tree.items[index].kind = kind;
        m_tree.items[index].text = text;
        return true;
    }

    bool word(std::string_view expected)
    {
        if (!m_text.substr(m_at).starts_with(expected))
            return false;
        m_at += expected.size();
        return true;
    }

    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char expected) { return peek() == expected && ++m_at; }
    void blank()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\n' || m_text[m_at] == '\t'))
            ++m_at;
    }

    TreeData &m_tree;
    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_tooDeep = false;
};

Tree::Tree()
    : m_data(std::make_unique<TreeData>())
{
}

Tree::Tree(std::unique_ptr<TreeData> data)
    : m_data(std::move(data))
{
}

Tree::Tree(Tree &&) noexcept = default;
Tree &Tree::operator=(Tree &&) noexcept = default;
Tree::~Tree() = default;

std::expected<Tree, Tree::Failure> Tree::fromJson(std::string json)
{
    Tree tree;
    tree.m_data->json = std::move(json);
    TreeReader reader(*tree.m_data);
    if (!reader.read())
        return std::unexpected(reader.tooDeep() ? Failure::TooDeep : Failure::Malformed);
    return tree;
}

} // namespace holdpoint
