// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/canonical.h"

#include "core/analysis/names.h"

namespace holdpoint {

namespace {

void appendCanonical(Node node, std::string &out)
{
    if (const ColumnBinding *binding = node.binding(); binding && !binding->isMissing && !binding->isVariable) {
        out.append("column ").append(std::to_string(binding->levels)).append(1, ' ').append(binding->qualifier);
        out.append(1, ' ').append(nameParts(node["fields"]).back()).append(",");
        return;
    }
    if (node.key() == "location" || node.key() == "stmt_location" || node.key() == "stmt_len")
        return;
    out.append(node.key()).append(":");
    if (node.isText())
        out.append("'").append(node.text()).append("'");
    else if (node.begin() != node.end()) {
        out.append("(");
        for (const Node child : node)
            appendCanonical(child, out);
        out.append(")");
    } else {
        out.append(std::to_string(node.number())).append(node.truth() ? "t" : "");
    }
    out.append(",");
}

} // namespace

std::string canonical(Node expression)
{
    // The member that holds an expression is no part of it.
    std::string text(expression.type());
    if (bindingOf(expression)) {
        appendCanonical(expression.body(), text);
        return text;
    }
    for (const Node member : expression.body())
        appendCanonical(member, text);
    return text;
}

std::string_view operatorName(Node aExpr)
{
    const auto parts = nameParts(aExpr["name"]);
    if (parts.size() == 1 || (parts.size() == 2 && parts.front() == "pg_catalog"))
        return parts.back();
    return {};
}

std::vector<std::string_view> columnParts(Node expression)
{
    const Node column = expression.as("ColumnRef");
    if (!column)
        return {};
    std::vector<std::string_view> parts = nameParts(column["fields"]);
    if (const ColumnBinding *binding = bindingOf(expression); parts.size() == 1 && binding)
        parts.insert(parts.begin(), binding->qualifier);
    return parts;
}

const ColumnBinding *bindingOf(Node expression)
{
    const ColumnBinding *binding = expression.as("ColumnRef").binding();
    return binding && !binding->isMissing && !binding->isVariable ? binding : nullptr;
}

bool isVariable(Node expression)
{
    const ColumnBinding *binding = expression.as("ColumnRef").binding();
    return binding && binding->isVariable;
}

} // namespace holdpoint
