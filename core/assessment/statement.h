// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/effect.h"
#include "core/assessment/finding.h"
#include "core/assessment/tablelock.h"

#include <QList>
#include <QStringList>

namespace holdpoint {

/// One SQL statement of a revision. Offsets are bytes of the UTF-8 text of the whole revision.
struct Statement
{
    QString kind; ///< `DELETE`, `ALTER TABLE`, …; `UNPARSEABLE` for a text that is no SQL
    RiskLevel level = RiskLevel::Critical;
    qsizetype start = 0;
    qsizetype end = 0;
    QStringList relations; ///< every relation named, schema-qualified where the text or the catalogue tells
    QList<Finding> findings;
    QList<Effect> effects; ///< empty for what only reads
    QList<TableLock> locks; ///< empty for what takes no more than ACCESS SHARE of any table

    bool operator==(const Statement &) const = default;
};

} // namespace holdpoint
