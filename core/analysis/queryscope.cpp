// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/queryscope.h"

#include "core/analysis/names.h"

#include <algorithm>
#include <array>

namespace holdpoint {

namespace {

bool isSystemColumn(std::string_view name)
{
    static constexpr std::array<std::string_view, 6> names{"ctid", "tableoid", "xmin", "xmax", "cmin", "cmax"};
    return std::ranges::contains(names, name);
}

ColumnBinding bindingOf(const ScopeItem &item, const OutputColumn &column, int levels)
{
    ColumnBinding binding;
    binding.qualifier = item.name;
    binding.relation = column.relation;
    binding.column = column.column;
    binding.levels = levels;
    binding.isOptional = column.isOptional || item.isOptional;
    return binding;
}

/// The meaning of a name on one level. `found` without a value: it is something else than a column, or may be.
struct LevelAnswer
{
    bool found = false;
    std::optional<ColumnBinding> binding;
};

LevelAnswer bareOn(const QueryScope &scope, std::string_view name, int levels)
{
    bool open = false;
    for (const ScopeItem &item : scope.items) {
        if (const OutputColumn *column = item.output.find(name)) {
            ColumnBinding binding = bindingOf(item, *column, levels);
            binding.isBare = true;
            return {true, binding};
        }
        open = open || !item.output.known || item.name == name || (item.isTable && isSystemColumn(name));
    }
    return {open, std::nullopt};
}

LevelAnswer qualifiedOn(const QueryScope &scope, std::string_view qualifier, std::string_view name, int levels)
{
    const auto item = std::ranges::find(scope.items, qualifier, &ScopeItem::name);
    if (item == scope.items.end())
        return {};
    if (const OutputColumn *column = item->output.find(name))
        return {true, bindingOf(*item, *column, levels)};
    if (!item->output.known || (item->isTable && isSystemColumn(name)))
        return {true, std::nullopt};
    ColumnBinding missing;
    missing.qualifier = item->name;
    missing.levels = levels;
    missing.isMissing = true;
    return {true, missing};
}

} // namespace

const OutputColumn *OutputColumns::find(std::string_view name) const
{
    const auto found = std::ranges::find(columns, name, &OutputColumn::name);
    return found == columns.end() ? nullptr : &*found;
}

void OutputColumns::rename(Node names)
{
    std::size_t index = 0;
    for (const std::string_view name : nameParts(names)) {
        if (index == columns.size())
            columns.emplace_back();
        columns[index++].name = name;
    }
}

const OutputColumns *QueryScope::cte(std::string_view name) const
{
    if (const auto found = ctes.find(name); found != ctes.end())
        return &found->second;
    return outer ? outer->cte(name) : nullptr;
}

std::optional<ColumnBinding> lookUpColumn(const std::vector<std::string_view> &parts, const QueryScope &scope)
{
    int levels = 0;
    for (const QueryScope *level = &scope; level; level = level->outer, ++levels) {
        const LevelAnswer answer = parts.size() == 1
            ? bareOn(*level, parts.front(), levels)
            : qualifiedOn(*level, parts[parts.size() - 2], parts.back(), levels);
        if (answer.found)
            return answer.binding;
    }
    ColumnBinding missing;
    missing.isBare = parts.size() == 1;
    missing.isMissing = true;
    return missing;
}

} // namespace holdpoint
