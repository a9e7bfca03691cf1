// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/database/connection.h"

#include <libpq-fe.h>

#include <QMutex>

namespace holdpoint {

class Canceller::Private
{
public:
    QMutex mutex;
    std::unique_ptr<PGcancelConn, decltype(&PQcancelFinish)> request{nullptr, &PQcancelFinish};
};

Canceller::Canceller(PGconn *connection)
    : d(std::make_unique<Private>())
{
    follow(connection);
}

Canceller::~Canceller() = default;

void Canceller::follow(PGconn *connection)
{
    const QMutexLocker lock(&d->mutex);
    // libpq copies the address and the key: the request outlives the connection, and TLS is used where that used it.
    d->request.reset(PQcancelCreate(connection));
}

void Canceller::cancel()
{
    const QMutexLocker lock(&d->mutex);
    PQcancelBlocking(d->request.get());
    PQcancelReset(d->request.get());
}

} // namespace holdpoint
