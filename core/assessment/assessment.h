// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/statement.h"

#include <QByteArray>
#include <QJsonObject>

#include <expected>

namespace holdpoint {

/// What the analyzer says of one text.
struct Assessment
{
    RiskLevel level = RiskLevel::Critical;
    QList<Statement> statements;
    QString error = {}; ///< empty unless the text could not be parsed: what is wrong and where
    QString catalog = {}; ///< id of the catalogue that it was made with; empty: from the text alone

    bool operator==(const Assessment &) const = default;

    /// The statement that decides: the first one of the highest level. Null for an empty text.
    const Statement *gravest() const;
};

/// The assessment of a text that the analyzer could not finish: one critical finding `cannot-be-analysed`.
Assessment cannotBeAnalysed(qsizetype bytes, const QString &why);

/// The fixed interface of `holdpointctl analyze --format json`, without the id.
QJsonObject toJson(const Assessment &assessment);

/// The same with an id, as one line of compact JSON without its break, the bytes that QJsonDocument would give. For
/// many texts, where that one takes longer than the analysis.
/// @param id a JSON value
QByteArray toJsonLine(const Assessment &assessment, QByteArrayView id);

/// Reads what toJson() wrote. Any doubt (unknown level, missing key, wrong type) is an error, never a lower level.
std::expected<Assessment, QString> assessmentFromJson(const QJsonObject &json);

} // namespace holdpoint
