// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/analyzer/catalogs.h"

#include "core/assessment/analyzerwire.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr QByteArrayView beforeId = R"({"catalog":")";
constexpr QByteArrayView beforeSnapshot = R"(","snapshot":)";

} // namespace

bool Catalogs::isGivenBy(QByteArrayView line)
{
    return line.startsWith(beforeId) && line.indexOf(beforeSnapshot, beforeId.size()) > 0;
}

QByteArray Catalogs::take(const QByteArray &line)
{
    const qsizetype idEnd = line.indexOf('"', beforeId.size());
    const QString id = QString::fromLatin1(line.sliced(beforeId.size(), idEnd - beforeId.size()));
    const QByteArrayView rest = QByteArrayView(line).sliced(idEnd).trimmed();
    const auto added = rest.startsWith(beforeSnapshot) && rest.endsWith('}')
        ? add(id, rest.sliced(beforeSnapshot.size()).chopped(1))
        : std::unexpected(u"the line cannot be read"_s);
    const QJsonValue error = added ? QJsonValue() : QJsonValue(added.error());
    return QJsonDocument(QJsonObject{{u"catalog"_s, id}, {u"error"_s, error}}).toJson(QJsonDocument::Compact);
}

std::expected<void, QString> Catalogs::add(const QString &id, QByteArrayView bytes)
{
    // No copy: a catalogue is large, and memory is not.
    const QByteArray snapshot = QByteArray::fromRawData(bytes.data(), bytes.size());
    if (catalogSnapshot(snapshot, {}).id != id)
        return std::unexpected(u"the id is not that of the bytes"_s);
    if (m_catalogs.size() >= catalogsOfAWorker && !m_catalogs.contains(id))
        return std::unexpected(u"this worker holds %1 catalogues already"_s.arg(catalogsOfAWorker));
    return Catalog::fromJson(snapshot).transform(
        [&](const std::shared_ptr<const Catalog> &catalog) { m_catalogs.insert(id, catalog); });
}

std::expected<const Catalog *, QString> Catalogs::find(const QString &id) const
{
    if (id.isEmpty())
        return nullptr;
    const auto found = m_catalogs.constFind(id);
    if (found == m_catalogs.cend())
        return std::unexpected(u"the catalogue \"%1\" was not given"_s.arg(id));
    return found->get();
}

} // namespace holdpoint
