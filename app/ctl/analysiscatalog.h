// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/catalogsnapshot.h"
#include "core/database/error.h"

#include <QJsonObject>

#include <expected>

namespace holdpoint {

/// What the texts are read with: the catalogue that was asked for, or nothing and why.
struct AnalysisCatalog
{
    CatalogSnapshot snapshot;
    QString unavailable; ///< why the catalogue that was asked for could not be read

    /// Where a catalogue was asked for and is not there, the answers are not what was asked for.
    int statusFor(int status) const;
    /// One line for people.
    QString description() const;
    /// What marks a JSON answer: nothing but where the catalogue could not be read.
    void mark(QJsonObject &answer) const;
    /// The same for an answer that is written already.
    QByteArray marked(const QByteArray &answer) const;
};

/// Reads the catalogue that a libpq connection string names. One that cannot be read is said on stderr, and is no
/// reason to analyse nothing; a connection string that makes no sense is an error.
std::expected<AnalysisCatalog, Error> readAnalysisCatalog(const QString &conninfo);

} // namespace holdpoint
