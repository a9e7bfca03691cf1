// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/impact/impact.h"

#include <QWidget>

class QGridLayout;

namespace holdpoint {

/// What foreign keys change along with an effect, hop by hop, and what they keep from happening.
class ReachList final : public QWidget
{
    Q_OBJECT
public:
    explicit ReachList(const QList<ReachedImpact> &reached, QWidget *parent = nullptr);

    /// Whether there is a line to show.
    static bool hasLines(const QList<ReachedImpact> &reached);

private:
    void addLine(QGridLayout *grid, const ReachedImpact &reached);
};

} // namespace holdpoint
