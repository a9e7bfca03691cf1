// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/effect.h"

#include <QJsonObject>

namespace holdpoint {

QJsonObject toJson(const Effect &effect);
/// Reads what toJson() wrote; the first thing that is not as it must be is put into an @p error that is empty.
Effect effectFromJson(const QJsonValue &json, QString &error);

/// Whether there is more to say of an effect than which rows it touches.
bool hasDetails(const Effect &effect);

QString toWord(Reached::Action action);
/// `no`, `scan` or `full`.
QString toWord(RowsRewritten::Extent extent);

} // namespace holdpoint
