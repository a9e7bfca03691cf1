// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/catalog/catalogreader.h"

#include "core/database/transaction.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int oldestServer = 160000; ///< that knows JSON_OBJECT
constexpr int attempts = 5;

/// What the texts of the snapshot depend on. Deparsed expressions name the schema of all that is not in the path.
constexpr auto settings = "SET LOCAL search_path = pg_catalog, pg_temp;"
                          "SET LOCAL standard_conforming_strings = on;"
                          "SET LOCAL quote_all_identifiers = off;"
                          "SET LOCAL datestyle = 'ISO, YMD';"
                          "SET LOCAL intervalstyle = 'postgres';"
                          "SET LOCAL bytea_output = 'hex';"
                          "SET LOCAL extra_float_digits = 1;"
                          "SET LOCAL timezone = 'UTC';"
                          "SET LOCAL max_parallel_workers_per_gather = 0;"
                          "SET LOCAL jit = off;"_L1;

QString sectionQuery(const QString &section)
{
    QFile file(u":/catalog/%1.sql"_s.arg(section));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("a resource is missing from this build: %ls", qUtf16Printable(section));
    return QString::fromUtf8(file.readAll());
}

Error tooLarge(qsizetype largest)
{
    return {Error::Code::Failed, u"the catalogue is larger than %1 MiB"_s.arg(largest >> 20),
        u"keep what is analysed in a database with fewer objects"_s, {}};
}

constexpr auto whichDatabase = "SELECT pg_catalog.format('%s %s, port %s', pg_catalog.current_database(),"
                               " coalesce('at ' || pg_catalog.host(pg_catalog.inet_server_addr()), 'on this machine'),"
                               " pg_catalog.current_setting('port')) AS name"_L1;

/// Of what was there when the transaction began, something is gone.
bool mayPass(const Error &error)
{
    constexpr QLatin1StringView states[] = {"XX000"_L1, "42P01"_L1, "42704"_L1, "42883"_L1, "42703"_L1, "40001"_L1};
    return std::ranges::find(states, error.sqlState) != std::end(states);
}

/// The sections of a snapshot, read one after the other and never more than is allowed.
class Reading
{
public:
    Reading(Connection &connection, const CatalogOptions &options)
        : m_connection(connection)
        , m_options(options)
    {
    }

    std::expected<QByteArray, Error> read()
    {
        m_json = "{\"version\":1,\"search_path\":[\"public\"],\"server\":"
            + QByteArray::number(m_connection.serverVersion());
        const QString statistics = m_options.withStatistics ? u"true"_s : u"false"_s;
        auto done = add(u"relations"_s, sectionQuery(u"relations"_s).arg(statistics));
        for (const QString &section : {u"foreign_keys"_s, u"routines"_s, u"types"_s, u"operators"_s, u"casts"_s,
                 u"dependents"_s, u"schemas"_s, u"extensions"_s})
            done = done.and_then([&] { return add(section, sectionQuery(section)); });
        return done.transform([this] { return m_json + '}'; });
    }

private:
    std::expected<void, Error> add(const QString &section, const QString &query)
    {
        // The server tells the size first: what is too large is never sent. OFFSET keeps it from being made twice.
        const QString bounded = u"SELECT CASE WHEN octet_length(section) <= %1 THEN section END AS section"
                                " FROM (SELECT coalesce((%2\n)::text, '[]') AS section OFFSET 0) AS whole"_s
                                    .arg(m_options.largest - m_json.size())
                                    .arg(query);
        const auto rows = m_connection.run(bounded);
        if (!rows)
            return std::unexpected(rows.error());
        if (rows->first().isNull(u"section"_s))
            return std::unexpected(tooLarge(m_options.largest));
        // Line breaks are only between values: those in a text are escaped.
        m_json += ",\"" + section.toLatin1() + "\":" + rows->first().bytes(u"section"_s).replace('\n', ' ');
        if (m_json.size() >= m_options.largest)
            return std::unexpected(tooLarge(m_options.largest));
        return {};
    }

    Connection &m_connection;
    const CatalogOptions &m_options;
    QByteArray m_json;
};

std::expected<QByteArray, Error> readOnce(Connection &connection, const CatalogOptions &options)
{
    const auto transaction = Transaction::begin(connection, u"ISOLATION LEVEL REPEATABLE READ READ ONLY"_s);
    if (!transaction)
        return std::unexpected(transaction.error());
    const QString times =
        u"SET LOCAL statement_timeout = %1; SET LOCAL lock_timeout = %2;"_s.arg(options.timeout.count())
            .arg(options.lockWait.count());
    return connection.runScript(times + settings).and_then([&] { return Reading(connection, options).read(); });
}

} // namespace

std::expected<CatalogSnapshot, Error> readCatalog(
    Connection &connection, const QString &source, const CatalogOptions &options)
{
    if (connection.serverVersion() < oldestServer)
        return std::unexpected(Error{Error::Code::WrongVersion, u"a catalogue is read from PostgreSQL 16 or newer"_s,
            u"upgrade the server first"_s, {}});
    auto json = readOnce(connection, options);
    for (int attempt = 1; attempt < attempts && !json && mayPass(json.error()); ++attempt)
        json = readOnce(connection, options);
    if (!json)
        return std::unexpected(json.error());
    if (!source.isEmpty())
        return catalogSnapshot(*json, source);
    return connection.run(whichDatabase).transform([&](const Rows &rows) {
        return catalogSnapshot(*json, rows.first().text(u"name"_s));
    });
}

} // namespace holdpoint
