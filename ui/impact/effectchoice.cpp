// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/impact/effectchoice.h"

#include "ui/review/safetext.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

EffectChoice::EffectChoice(QWidget *parent)
    : QComboBox(parent)
{
    setAccessibleName(tr("What changes"));
    hide();
}

void EffectChoice::setEffects(const QList<EffectImpact> &effects)
{
    const int place = effects.size() == m_effects.size() ? currentIndex() : 0;
    m_effects = effects;
    clear();
    for (const EffectImpact &effect : std::as_const(m_effects))
        addItem(u"%1 %2"_s.arg(safeLine(effect.verb, 20), safeLine(effect.table, 60)));
    setVisible(m_effects.size() > 1);
    setCurrentIndex(m_effects.isEmpty() ? -1 : place);
}

const EffectImpact *EffectChoice::chosen() const
{
    return currentIndex() >= 0 ? &m_effects[currentIndex()] : nullptr;
}

} // namespace holdpoint
