// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/catalog.h"

#include <QHash>

#include <expected>
#include <memory>

namespace holdpoint {

/// The catalogues that this worker was given, by id.
class Catalogs
{
public:
    /// Whether a line gives a catalogue, and is no request: `{"catalog":"<id>","snapshot":{…}}`, in this very order.
    static bool isGivenBy(QByteArrayView line);

    /// Reads such a line. Answers for the client: the id, and what is wrong with the catalogue or null.
    QByteArray take(const QByteArray &line);

    /// The catalogue of an id, null for the empty one. An error if it was not given.
    std::expected<const Catalog *, QString> find(const QString &id) const;

private:
    std::expected<void, QString> add(const QString &id, QByteArrayView bytes);

    QHash<QString, std::shared_ptr<const Catalog>> m_catalogs;
};

} // namespace holdpoint
