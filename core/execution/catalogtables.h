// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/catalogsnapshot.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QStringList>

#include <optional>

namespace holdpoint {

/// What a catalogue snapshot says of tables, by their names: oids differ between two servers.
class CatalogTables
{
public:
    explicit CatalogTables(const CatalogSnapshot &snapshot);

    /// The qualified name of the relation that the analyzer means; empty if there is none.
    QString find(const QString &relation) const;
    /// What a key that cascades, or sets to null or to the default, makes follow from changes in these, and the tables
    /// that are part of them. All of them, the given ones included, in order.
    QStringList reachedFrom(const QStringList &relations) const;
    /// Its name as SQL text.
    QString quotedName(const QString &relation) const;
    /// Whether rows are in it.
    bool isTable(const QString &relation) const;
    /// The planner's figure; of a partitioned table the sum over its parts.
    std::optional<qint64> rows(const QString &relation) const;
    /// Everything that decides what a statement does to the relation: what it is, and how. Empty if there is none.
    QMap<QString, QString> features(const QString &relation) const;

private:
    void addColumns(const QJsonObject &relation, QMap<QString, QString> &features) const;
    void addTypes(qint64 type, QMap<QString, QString> &features) const;
    void addTriggers(const QJsonObject &relation, QMap<QString, QString> &features) const;
    void addForeignKeys(const QString &relation, QMap<QString, QString> &features) const;

    QMap<QString, QJsonObject> m_relations; ///< by qualified name; the server's own are left out
    QHash<qint64, QString> m_names; ///< by oid
    QHash<qint64, QJsonObject> m_routines; ///< by oid
    QHash<qint64, QJsonObject> m_types; ///< by oid
    QMultiHash<QString, QString> m_parts; ///< by the table that they are part of
    QList<QJsonObject> m_foreignKeys;
};

} // namespace holdpoint
