// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/conninfo.h"

#include <libpq-fe.h>

#include <QMap>

#include <memory>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

using Options = QMap<QString, QString>;

std::expected<Options, Error> readOptions(const QString &conninfo)
{
    char *why = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed(
        PQconninfoParse(conninfo.toUtf8().constData(), &why), &PQconninfoFree);
    const std::unique_ptr<char, decltype(&PQfreemem)> whyOwner(why, &PQfreemem);
    if (!parsed) {
        // libpq repeats the text it could not read, which may hold a password: its words stay here.
        return std::unexpected(Error{Error::Code::Invalid, u"the connection string cannot be read"_s,
            u"write it as in service=NAME, or host=… dbname=… user=…"_s, {}});
    }
    Options options;
    for (const PQconninfoOption *option = parsed.get(); option->keyword; ++option)
        if (option->val)
            options.insert(QString::fromLatin1(option->keyword), QString::fromUtf8(option->val));
    return options;
}

QString quoted(QString value)
{
    return u'\'' + value.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s) + u'\'';
}

void setDefault(Options &options, const QString &key, const QString &value)
{
    if (!options.contains(key))
        options.insert(key, value);
}

} // namespace

std::expected<Conninfo, Error> parseConninfo(const QString &conninfo, const QString &component)
{
    auto options = readOptions(conninfo);
    if (!options)
        return std::unexpected(options.error());
    if (options->contains(u"password"_s) || options->contains(u"sslpassword"_s))
        return std::unexpected(Error{Error::Code::Invalid, u"a connection string must not hold a password"_s,
            u"put it into a password file (PGPASSFILE, mode 0600)"_s, {}});
    setDefault(*options, u"application_name"_s, u"holdpoint/"_s + component);
    setDefault(*options, u"connect_timeout"_s, u"5"_s);
    setDefault(*options, u"tcp_user_timeout"_s, u"10000"_s);
    setDefault(*options, u"keepalives_idle"_s, u"10"_s);

    Conninfo result;
    result.host = options->take(u"host"_s);
    result.database = options->take(u"dbname"_s);
    result.user = options->take(u"user"_s);
    // A list of ports, for a list of hosts, is no number and stays an option.
    bool single = false;
    const int port = options->value(u"port"_s).toInt(&single);
    if (single) {
        result.port = port;
        options->remove(u"port"_s);
    }
    QStringList pairs;
    for (const auto &[key, value] : std::as_const(*options).asKeyValueRange()) {
        // Qt's driver separates options by semicolons and has no way to quote one.
        if (value.contains(u';'))
            return std::unexpected(Error{Error::Code::Invalid, u"the option %1 holds a semicolon"_s.arg(key),
                u"put it into a service file instead"_s, {}});
        pairs.append(key + u'=' + quoted(value));
    }
    result.options = pairs.join(u' ');
    return result;
}

} // namespace holdpoint
