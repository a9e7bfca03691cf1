// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/risklevel.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace holdpoint {

enum class Verdict { Approve, Reject, RequestChanges };

/// `approve`, `reject`, `request_changes`.
QString toWord(Verdict verdict);

/// What the approver had before them when they typed. The words are made from it, and the executor holds the
/// approver to it.
struct Evidence
{
    RiskLevel level = RiskLevel::Critical;
    QString verb;
    std::optional<qint64> count; ///< rows of `table`; nothing means unknown, and is typed `unknown`
    QString table;
    QString target;
    std::optional<qint64> totalRows; ///< over all statements; nothing if any of them is unknown
    QString countKind; ///< `exact`, `estimate` or `unknown`

    bool operator==(const Evidence &) const = default;
};

QJsonObject toJson(const Evidence &evidence);
std::optional<Evidence> evidenceFromJson(const QJsonObject &json);

/// One person's verdict on one revision, as it is sent to the store.
struct Decision
{
    qint64 action = 0;
    int revision = 0;
    QByteArray digest;
    Verdict verdict = Verdict::Reject;
    QString words; ///< exactly as typed; empty unless approving
    QString reason; ///< for the agent; must not be empty when rejecting or requesting changes
    Evidence evidence;
};

} // namespace holdpoint
