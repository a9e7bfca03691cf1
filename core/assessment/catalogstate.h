// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

namespace holdpoint {

/// Which catalogue an assessment was made with, for whoever decides on it. Defaults claim nothing.
struct CatalogState
{
    bool settled = false; ///< false: the catalogue is being read, and may change the assessment
    QString source; ///< whose catalogue; empty: the text alone
    QDateTime takenAt; ///< when it was read
    QString unavailable; ///< why the catalogue could not be read, or not again

    bool operator==(const CatalogState &) const = default;
};

} // namespace holdpoint
