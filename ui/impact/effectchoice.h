// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/impact/impact.h"

#include <QComboBox>

namespace holdpoint {

/// Which of an action's effects a page shows; out of sight where there is no choice.
class EffectChoice final : public QComboBox
{
    Q_OBJECT
public:
    explicit EffectChoice(QWidget *parent = nullptr);

    /// The place stays where it is if as many effects are there as before.
    void setEffects(const QList<EffectImpact> &effects);
    /// Null where there is none.
    const EffectImpact *chosen() const;

private:
    QList<EffectImpact> m_effects;
};

} // namespace holdpoint
