// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/confusables.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdpoint {

/// PostgreSQL's number of a catalogue object; numbers are told apart by kind only within one system table.
using Oid = std::int64_t;

/// What ANALYZE found in a column. Values are PostgreSQL's text of them.
struct ColumnStatistics
{
    double nullFraction = 0;
    double distinct = 0; ///< how many values; negative: as a share of the rows
    std::vector<std::string> common;
    std::vector<double> frequencies; ///< of `common`, as shares of all rows
    std::vector<std::string> bounds; ///< of a histogram with equal shares of what is not common
};

struct CatalogColumn
{
    std::string name;
    std::string type; ///< as format_type() writes it
    Oid typeOid = 0;
    bool notNull = false;
    bool isIdentity = false;
    std::string defaultText; ///< the default, or what a generated column is computed from
    std::optional<ColumnStatistics> statistics;
};

struct CatalogTrigger
{
    std::string name;
    Oid routine = 0;
    int type = 0; ///< bits of pg_trigger.tgtype
    bool enabled = true;

    enum class Event { Insert = 4, Delete = 8, Update = 16, Truncate = 32 };
    bool firesOn(Event event) const { return enabled && (type & int(event)) != 0; }
    bool isBeforeRow() const { return (type & 1) != 0 && (type & 2) != 0; }
    bool isInsteadOf() const { return (type & 64) != 0; }
};

struct CatalogRewriteRule
{
    std::string name;
    char event = ' '; ///< i, u, d; s for a SELECT
};

struct CatalogRelation
{
    Oid oid = 0;
    std::string schema;
    std::string name;
    char kind = 'r'; ///< pg_class.relkind
    Oid rowType = 0;
    Oid rowArray = 0; ///< the type of an array of its rows
    std::optional<double> rows; ///< as of the last ANALYZE
    std::vector<Oid> parents;
    std::vector<CatalogColumn> columns;
    std::vector<std::vector<std::string>> keys; ///< column names of each unique key
    std::vector<std::string> checks; ///< conditions that every row satisfies, or that are NULL
    std::vector<std::string> expressions; ///< further SQL that runs on writes: of indexes, of row security
    std::vector<CatalogTrigger> triggers;
    std::vector<CatalogRewriteRule> rules;
    std::string definition; ///< of a view: its SELECT
    bool rowSecurity = false;

    const CatalogColumn *column(std::string_view name) const;
    bool isView() const { return kind == 'v'; }
    /// Schema and name, as a person would write them.
    std::string qualifiedName() const { return schema + '.' + name; }
};

struct CatalogForeignKey
{
    std::string name;
    Oid from = 0;
    Oid to = 0;
    std::vector<std::string> fromColumns;
    std::vector<std::string> toColumns; ///< in the order of `fromColumns`
    char onDelete = 'a'; ///< pg_constraint.confdeltype: c cascade, n SET NULL, d SET DEFAULT, r and a refuse
    char onUpdate = 'a';
};

struct CatalogRoutine
{
    Oid oid = 0;
    std::string schema;
    std::string name;
    char kind = 'f'; ///< pg_proc.prokind
    std::string language;
    int arguments = 0;
    int defaults = 0;
    bool variadic = false;
    std::string extension;
    std::string definition; ///< the whole CREATE statement; empty where its language cannot be read

    bool takes(std::size_t count) const;
    std::string qualifiedName() const { return schema + '.' + name; }
};

struct CatalogType
{
    Oid oid = 0;
    std::string schema;
    std::string name;
    char kind = 'b'; ///< pg_type.typtype
    std::string extension;
    std::vector<std::string> labels; ///< of an enum
    std::string base; ///< of a domain
    Oid baseOid = 0; ///< of a domain; of a range: its bounds' type
    Oid array = 0; ///< the type of an array of these
    Oid routine = 0; ///< of a range: what brings it into one form
    bool notNull = false;
    std::string defaultText;
    std::vector<std::string> checks; ///< those that old values may break as well
};

struct CatalogOperator
{
    std::string schema;
    std::string name;
    Oid routine = 0;
};

struct CatalogCast
{
    Oid sourceOid = 0;
    std::string target; ///< its name, without a schema
    Oid targetOid = 0;
    char context = 'e'; ///< pg_cast.castcontext: e where it is asked for, a also where a value is stored, i anywhere
    Oid routine = 0;
};

/// What a database holds, as it was when the snapshot was read. Never changes; safe to share.
class Catalog
{
public:
    /// Reads a snapshot. Anything that is not as it must be is an error: half a catalogue would clear too much.
    static std::expected<std::shared_ptr<const Catalog>, QString> fromJson(const QByteArray &snapshot);

    /// A relation by name, looked for on the search path where no schema is given; null if there is none.
    const CatalogRelation *relation(std::string_view schema, std::string_view name) const;
    const CatalogRelation *relation(Oid oid) const;
    /// Every routine that a call by that name may mean; an empty schema means the search path.
    std::vector<const CatalogRoutine *> routines(std::string_view schema, std::string_view name) const;
    const CatalogRoutine *routine(Oid oid) const;
    const CatalogType *type(std::string_view schema, std::string_view name) const;
    const CatalogType *type(Oid oid) const;
    /// The types of what a value consists of: an array's elements, a row's columns, a range's bounds, a domain's base.
    std::vector<Oid> partsOfType(Oid type) const;
    /// Whether a type is another one, or holds values of it at any depth.
    bool holdsType(Oid type, Oid part) const;
    /// Whether nobody can say what a type is: neither PostgreSQL's own nor in the snapshot.
    bool isUnknownType(Oid type) const;
    std::vector<const CatalogOperator *> operators(std::string_view name) const;
    const std::vector<CatalogCast> &casts() const { return m_casts; }
    /// Foreign keys that refer to a relation, its ancestors or its descendants.
    std::vector<const CatalogForeignKey *> referencing(const CatalogRelation &relation) const;
    /// Foreign keys of a relation itself.
    std::vector<const CatalogForeignKey *> keysOf(const CatalogRelation &relation) const;
    /// A relation with everything that inherits from it, partitions included; itself first.
    std::vector<const CatalogRelation *> withDescendants(const CatalogRelation &relation) const;
    /// Views, materialised ones too, that read a relation directly.
    std::vector<const CatalogRelation *> viewsOn(const CatalogRelation &relation) const;
    const std::vector<CatalogRelation> &relations() const { return m_relations; }
    /// The names of all relations and columns, by their look.
    const NamesByLook &looks() const;

private:
    friend class CatalogJson;
    Catalog() = default;
    void index();

    std::vector<std::string> m_searchPath;
    std::vector<CatalogRelation> m_relations;
    std::vector<CatalogForeignKey> m_foreignKeys;
    std::vector<CatalogRoutine> m_routines;
    std::vector<CatalogType> m_types;
    std::vector<CatalogOperator> m_operators;
    std::vector<CatalogCast> m_casts;
    std::multimap<Oid, Oid> m_viewsOn;
    std::map<std::string, const CatalogRelation *, std::less<>> m_relationsByName; ///< schema and name, joined by a NUL
    std::map<Oid, const CatalogRelation *> m_relationsByOid;
    std::multimap<Oid, const CatalogRelation *> m_children;
    std::multimap<Oid, const CatalogForeignKey *> m_keysTo;
    std::multimap<Oid, const CatalogForeignKey *> m_keysFrom;
    std::multimap<std::string, const CatalogRoutine *, std::less<>> m_routinesByName;
    std::map<Oid, const CatalogRoutine *> m_routinesByOid;
    std::map<std::string, const CatalogType *, std::less<>> m_typesByName;
    std::map<Oid, const CatalogType *> m_typesByOid;
    std::map<Oid, const CatalogRelation *> m_relationsByRowType;
    std::map<Oid, Oid> m_elements; ///< of array types
    mutable NamesByLook m_looks; ///< filled when it is first asked for: few texts do
    mutable std::once_flag m_looksFilled;
};

} // namespace holdpoint
