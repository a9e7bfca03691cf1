// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/risklevel.h"
#include "core/store/actionstate.h"

#include <QIcon>
#include <QPixmap>

#include <optional>

namespace holdpoint {

/// Our own drawing `resources/icons/<name>.svg`, in one colour.
/// @param size edge in device-independent pixels
QPixmap iconPixmap(const QString &name, int size, const QColor &colour, qreal ratio);
QIcon makeIcon(const QString &name, const QColor &colour);

/// A shape of its own for each level, so that colour is never the only sign. Nothing: not known yet.
QString riskIconName(std::optional<RiskLevel> level);
QString stateIconName(ActionState state);

} // namespace holdpoint
