// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>
#include <utility>

namespace holdpoint {

/// The enumerator that a value is called in the source, as in `AT_DropColumn`; for a value without one, something that
/// is no name. Values from 0 to @p most.
template <std::size_t most = 127, typename Enum> std::string_view enumName(Enum value);

namespace detail {

/// The compiler's own text of a template's argument.
template <typename Enum, Enum value> constexpr std::string_view nameOf()
{
    constexpr std::string_view signature = __PRETTY_FUNCTION__;
    const std::size_t start = signature.find("value = ") + 8;
    const std::size_t end = signature.find_first_of(";]", start);
    std::string_view name = signature.substr(start, end - start);
    if (const std::size_t scope = name.rfind("::"); scope != std::string_view::npos)
        name.remove_prefix(scope + 2);
    return name;
}

template <typename Enum, std::size_t... index> constexpr auto namesOf(std::index_sequence<index...>)
{
    return std::array<std::string_view, sizeof...(index)>{
        nameOf<Enum, std::bit_cast<Enum>(static_cast<std::uint32_t>(index))>()...};
}

} // namespace detail

template <std::size_t most, typename Enum> std::string_view enumName(Enum value)
{
    static_assert(sizeof(Enum) == sizeof(std::uint32_t));
    static constexpr auto names = detail::namesOf<Enum>(std::make_index_sequence<most + 1>());
    const auto index = std::bit_cast<std::uint32_t>(value);
    return index < names.size() ? names[index] : std::string_view("?");
}

} // namespace holdpoint
