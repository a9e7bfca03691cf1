// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/analysiscatalog.h"

#include "app/ctl/terminal.h"
#include "core/catalog/catalogreader.h"
#include "core/database/connection.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace holdpoint {

int AnalysisCatalog::statusFor(int status) const
{
    return unavailable.isEmpty() ? status : ExitStatus::Error;
}

QString AnalysisCatalog::description() const
{
    if (!unavailable.isEmpty())
        return u"without the catalogue, which could not be read: %1"_s.arg(safeLine(unavailable));
    if (snapshot.isEmpty())
        return u"without a catalogue: what only a catalogue can tell is not known (--catalog)"_s;
    const qint64 age = snapshot.takenAt.secsTo(QDateTime::currentDateTimeUtc());
    return u"with the catalogue of %1, read %2 s ago"_s.arg(safeLine(snapshot.source)).arg(age);
}

void AnalysisCatalog::mark(QJsonObject &answer) const
{
    if (!unavailable.isEmpty())
        answer[u"catalog_error"_s] = unavailable;
}

QByteArray AnalysisCatalog::marked(const QByteArray &answer) const
{
    if (unavailable.isEmpty())
        return answer;
    QJsonObject mark;
    this->mark(mark);
    return answer.chopped(1) + ',' + QJsonDocument(mark).toJson(QJsonDocument::Compact).sliced(1);
}

std::expected<AnalysisCatalog, Error> readAnalysisCatalog(const QString &conninfo)
{
    auto connection = Connection::open(conninfo, u"ctl"_s);
    if (!connection && connection.error().code == Error::Code::Invalid)
        return std::unexpected(connection.error());
    const auto snapshot = connection ? readCatalog(*connection, {})
                                     : std::expected<CatalogSnapshot, Error>(std::unexpect, connection.error());
    if (snapshot)
        return AnalysisCatalog{.snapshot = *snapshot, .unavailable = {}};
    Error error = snapshot.error();
    error.message = u"the catalogue cannot be read, and what follows is from the text alone: "_s + error.message;
    fail(error);
    return AnalysisCatalog{.snapshot = {}, .unavailable = snapshot.error().text()};
}

} // namespace holdpoint
