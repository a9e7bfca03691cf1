// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/maderelation.h"

namespace holdpoint {

/// Binds every column reference of a statement to the column that PostgreSQL would take it for (see Node::binding()).
class ColumnResolver
{
public:
    /// @param created tables that the script makes itself
    /// @param variables whether a name may mean a variable or a parameter of a routine as well
    ColumnResolver(const Catalog &catalog, const MadeRelations &created, bool variables);

    void resolve(Node statement);
    /// What a query gives.
    OutputColumns columnsOf(Node query);

private:
    void walk(Node part, const QueryScope *scope);
    void bind(Node columnRef, const QueryScope &scope);
    OutputColumns query(Node statement, const QueryScope *outer);
    OutputColumns select(Node body, const QueryScope *outer);
    OutputColumns rowChange(std::string_view type, Node body, const QueryScope *outer);
    void insert(Node body, QueryScope &scope);
    void merge(Node body, QueryScope &scope);
    void addWith(Node with, QueryScope &scope);
    void addFrom(Node item, QueryScope &scope, bool optional);
    void addJoin(Node join, QueryScope &scope, bool optional);
    void addTable(Node rangeVar, QueryScope &scope, bool optional);
    void add(QueryScope &scope, Node alias, std::string_view name, OutputColumns output, bool isTable, bool optional);
    OutputColumns outputOf(Node targets, const QueryScope &scope);
    OutputColumns columnsOf(const CatalogRelation &relation);
    OutputColumns columnsOfView(const CatalogRelation &view);
    void walkSorted(Node part, const QueryScope &scope, const OutputColumns &output);

    const Catalog &m_catalog;
    const MadeRelations &m_created;
    bool m_variables;
    int m_viewDepth = 0;
};

} // namespace holdpoint
