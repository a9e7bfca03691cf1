// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>

namespace holdpoint {

/// The JSON of a request's id, to be echoed: `null` where it has none. A number stands as it was written, however large
/// it is. @param line the JSON object that @p request was read from
QByteArray requestId(QByteArrayView line, const QJsonObject &request);

} // namespace holdpoint
