// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/impact/valuedialog.h"

#include "core/assessment/effect.h"
#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/theme.h"
#include "ui/wording.h"

#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace holdpoint {

ValueDialog::ValueDialog(const QString &column, const QString &value, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Value of %1").arg(safeLine(column, 60)));
    resize(560, 360);
    auto *text = new QPlainTextEdit(this);
    text->setReadOnly(true);
    text->setAccessibleName(tr("The whole value"));
    text->setFont(fixedFont());
    text->setPlainText(makeSafeText(value.left(longestShown).toUtf8(), SafeText::Limits::none()).text);
    const QString size = value.size() > longestShown
        ? tr("The first %1 characters; there are more on the server.").arg(numberText(longestShown))
        : tr("%n character(s)", nullptr, static_cast<int>(value.size()));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(makeLabel(safeLine(column, 60), Tone::Heading, this));
    layout->addWidget(text, 1);
    layout->addWidget(makeLabel(size, Tone::Caption, this));
    layout->addWidget(buttons);
}

} // namespace holdpoint
