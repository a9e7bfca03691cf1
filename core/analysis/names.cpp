// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/names.h"

#include <QFile>

#include <algorithm>
#include <map>
#include <unordered_map>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

struct Pattern
{
    std::string text; ///< with `*` at its end, its beginning or in its middle
    std::string section;
};

/// A data file: lines of names under [sections]; a name with `*` is a pattern.
class NameTable
{
public:
    explicit NameTable(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("the analyzer was built without %s", qPrintable(path));
        std::string section;
        for (const QByteArray &line : file.readAll().split('\n')) {
            const std::string name = line.trimmed().toStdString();
            if (name.empty() || name.front() == '#')
                continue;
            if (name.front() == '[' && name.back() == ']')
                section = name.substr(1, name.size() - 2);
            else if (name.contains('*') && name.size() > 1 && section != "")
                m_patterns.push_back({name, section});
            else
                m_names.emplace(name, section);
        }
    }

    /// The section of a name; null for an unknown one. Whole names win over patterns, earlier patterns over later.
    const std::string *find(std::string_view name) const
    {
        if (const auto found = m_names.find(std::string(name)); found != m_names.end())
            return &found->second;
        for (const Pattern &pattern : m_patterns)
            if (matches(pattern.text, name))
                return &pattern.section;
        return nullptr;
    }

private:
    static bool matches(std::string_view pattern, std::string_view name)
    {
        if (pattern.empty())
            return name.empty();
        if (pattern.front() != '*')
            return !name.empty() && name.front() == pattern.front() && matches(pattern.substr(1), name.substr(1));
        for (std::size_t skip = 0; skip <= name.size(); ++skip)
            if (matches(pattern.substr(1), name.substr(skip)))
                return true;
        return false;
    }

    std::unordered_map<std::string, std::string> m_names;
    std::vector<Pattern> m_patterns;
};

} // namespace

std::string_view builtinFunctionClass(std::string_view name)
{
    static const NameTable table(u":/analysis/functions.txt"_s);
    const std::string *section = table.find(name);
    return section ? std::string_view(*section) : std::string_view();
}

bool isBuiltinOperator(std::string_view name)
{
    static const NameTable table(u":/analysis/operators.txt"_s);
    return table.find(name) != nullptr;
}

bool isBuiltinType(const std::vector<std::string_view> &parts)
{
    static const NameTable table(u":/analysis/types.txt"_s);
    const bool own = parts.size() == 1 || (parts.size() == 2 && parts.front() == "pg_catalog");
    if (!own)
        return false;
    const std::string_view name = parts.back();
    return table.find(name) || (name.starts_with('_') && table.find(name.substr(1)));
}

SettingClass settingClass(std::string_view name)
{
    static const NameTable table(u":/analysis/settings.txt"_s);
    const std::string *section = table.find(lowered(name));
    if (!section)
        return SettingClass::Other;
    return *section == "guard" ? SettingClass::Guard : SettingClass::Harmless;
}

bool isHoldpointSchema(std::string_view schema)
{
    return schema == "holdpoint" || schema == "holdpoint_target";
}

bool isSystemRelation(std::string_view schema, std::string_view name)
{
    if (schema.empty())
        return name.starts_with("pg_");
    return schema == "pg_catalog" || schema == "information_schema" || schema == "pg_toast";
}

std::vector<std::string_view> nameParts(Node list)
{
    std::vector<std::string_view> parts;
    for (const Node item : list)
        parts.push_back(item.as("String")["sval"].text());
    return parts;
}

std::string dotted(const std::vector<std::string_view> &parts)
{
    std::string name;
    for (const std::string_view part : parts)
        name.append(name.empty() ? "" : ".").append(part);
    return name;
}

std::string relationName(Node rangeVar)
{
    const std::string_view schema = rangeVar["schemaname"].text();
    const std::string_view name = rangeVar["relname"].text();
    return schema.empty() ? std::string(name) : std::string(schema) + '.' + std::string(name);
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(
        result, result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

} // namespace holdpoint
