// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/impact/impact.h"

#include <QWidget>

class QGridLayout;

namespace holdpoint {

/// What one effect would touch: the best figure large, then each figure with what it is, and why one is missing.
class EffectCard final : public QWidget
{
    Q_OBJECT
public:
    explicit EffectCard(const EffectImpact &effect, QWidget *parent = nullptr);

private:
    void addHeadline(const EffectImpact &effect);
    void addShare(const EffectImpact &effect);
    void addFigures(const EffectImpact &effect);
    void addReach(const EffectImpact &effect);
    void addNotes(const TableNotes &notes);
    void addNote(const QString &name, const QStringList &lines);
    void addFigure(QGridLayout *grid, const QString &name, const Figure &figure, bool estimate, const QString &note);
};

} // namespace holdpoint
