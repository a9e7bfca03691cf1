// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/impact/guardedread.h"

namespace holdpoint {

/// The questions about one effect, each a transaction of its own. An error is only what ends all asking: a replica that
/// is gone, or is none. Anything else is an unknown figure with its reason.
class Measuring
{
public:
    /// @param replica must outlive this object
    Measuring(Connection &replica, const ReadLimits &limits);

    static EffectImpact unasked(const Effect &effect, qsizetype statement, const QString &why);
    /// Whatever is still missing is unknown for a reason.
    static void endEarly(EffectImpact &impact, const QString &why);

    /// The size of the table and the planner's figure.
    std::expected<void, Error> outline(const Effect &effect, EffectImpact &impact);
    /// What acts or goes along with it.
    std::expected<void, Error> note(const Effect &effect, EffectImpact &impact);
    std::expected<void, Error> count(const Effect &effect, EffectImpact &impact);
    /// What foreign keys change with it.
    std::expected<void, Error> follow(const Effect &effect, EffectImpact &impact);
    std::expected<void, Error> preview(
        const Effect &effect, EffectImpact &impact, qint64 rows, const QStringList &sensitive);

private:
    std::expected<void, Error> planSelect(const QString &sql, EffectImpact &impact);
    std::expected<Figure, Error> counted(const QString &sql);

    Connection &m_replica;
    ReadLimits m_limits;
};

} // namespace holdpoint
