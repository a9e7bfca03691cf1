// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/inspection.h"
#include "core/assessment/risklevel.h"

#include <span>
#include <string_view>

namespace holdpoint {

/// One place in a parse tree that a rule is asked about.
class Visit
{
public:
    Visit(Inspection &inspection, const Rule &rule, Node node, std::string_view type, bool executes)
        : m_inspection(inspection)
        , m_rule(rule)
        , m_node(node)
        , m_type(type)
        , m_executes(executes)
    {
    }

    Inspection &inspection() const { return m_inspection; }
    /// The body of the node, as in the members of `DeleteStmt`.
    Node node() const { return m_node; }
    Node operator[](std::string_view member) const { return m_node[member]; }
    std::string_view type() const { return m_type; }
    /// False inside a plain EXPLAIN: planned, not run.
    bool executes() const { return m_executes; }

    /// Reports the rule at this node. @p detail takes the place of %1 in the message.
    void found(std::string_view detail = {}) const { foundAt(m_node, detail); }
    void foundAt(Node place, std::string_view detail = {}) const { foundAt(place, m_rule.level, detail); }
    void foundAt(Node place, RiskLevel level, std::string_view detail = {}) const
    {
        m_inspection.report(m_rule, level, m_inspection.spanOf(place), detail);
    }
    void foundAs(RiskLevel level, std::string_view detail = {}) const { foundAt(m_node, level, detail); }

private:
    Inspection &m_inspection;
    const Rule &m_rule;
    Node m_node;
    std::string_view m_type;
    bool m_executes;
};

/// For rules that a node's type alone breaks.
void always(const Visit &visit);

/// The rules of each family. A family is one file; adding a rule is adding a line to its table.
std::span<const Rule> rowRules();
std::span<const Rule> predicateRules();
std::span<const Rule> insertRules();
std::span<const Rule> dropRules();
std::span<const Rule> alterRules();
std::span<const Rule> createRules();
std::span<const Rule> guardObjectRules();
std::span<const Rule> privilegeRules();
std::span<const Rule> settingRules();
std::span<const Rule> serverRules();
std::span<const Rule> functionRules();
std::span<const Rule> typeRules();
std::span<const Rule> codeRules();
std::span<const Rule> transactionRules();
std::span<const Rule> catalogRules();
/// Rules on the text itself and on what the parser says of it; they have no node type.
std::span<const Rule> textRules();

struct RuleFamily
{
    std::string_view name;
    std::span<const Rule> rules;
};

const std::vector<RuleFamily> &ruleFamilies();
/// Every rule there is, in the order of the families.
const std::vector<const Rule *> &allRules();
/// The rules that want to see nodes of a type; those of type `*` are asked about every statement.
const std::vector<const Rule *> &rulesFor(std::string_view nodeType);
/// A rule by its id. The id must exist.
const Rule &ruleById(std::string_view id);

} // namespace holdpoint
