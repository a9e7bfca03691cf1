// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/review/gutter.h"

#include "ui/review/sqlview.h"

namespace holdpoint {

Gutter::Gutter(SqlView *view)
    : QWidget(view)
    , m_view(view)
{
}

QSize Gutter::sizeHint() const
{
    return {m_view->gutterWidth(), 0};
}

void Gutter::paintEvent(QPaintEvent *event)
{
    m_view->paintGutter(event);
}

} // namespace holdpoint
