// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/history/entrydetails.h"

#include "ui/history/historymodel.h"
#include "ui/label.h"
#include "ui/review/safetext.h"
#include "ui/theme.h"
#include "ui/wording.h"

#include <QFormLayout>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype largestIndented = 256 * 1024;

/// Indented where it is JSON and short enough; as it is otherwise.
QString readable(const QString &body)
{
    const QByteArray bytes = body.toUtf8();
    const QJsonDocument document = bytes.size() <= largestIndented ? QJsonDocument::fromJson(bytes) : QJsonDocument();
    return makeSafeText(document.isNull() ? bytes : document.toJson(QJsonDocument::Indented)).text;
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? u"–"_s : text;
}

} // namespace

EntryDetails::EntryDetails(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
    , m_heading(makeLabel({}, Tone::Heading))
    , m_body(new QPlainTextEdit(this))
{
    setObjectName(u"detailsPane"_s);
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(280);
    auto *details = new QWidget(this);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(6);
    m_at = addFact(form, tr("Time"));
    m_about = addFact(form, tr("Action"));
    m_actor = addFact(form, tr("By"));
    m_agent = addFact(form, tr("Agent"));
    m_target = addFact(form, tr("Target"));
    m_hash = addFact(form, tr("Hash"));
    m_previous = addFact(form, tr("Previous"));
    for (ElidedLabel *hash : {m_hash, m_previous})
        hash->setFont(fixedFont());
    m_body->setObjectName(u"entryBody"_s);
    m_body->setAccessibleName(tr("Facts of this entry"));
    m_body->setReadOnly(true);
    m_body->setUndoRedoEnabled(false);
    m_body->setFont(fixedFont());
    m_body->setTabChangesFocus(true);
    m_body->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body->setLayoutDirection(Qt::LeftToRight);
    m_body->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_heading);
    layout->addLayout(form);
    layout->addWidget(m_body, 1);

    QLabel *empty = makeParagraph(tr("Choose an entry to see all of it."), Tone::Muted);
    empty->setAlignment(Qt::AlignCenter);
    m_stack->addWidget(empty);
    m_stack->addWidget(details);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
}

ElidedLabel *EntryDetails::addFact(QFormLayout *form, const QString &name)
{
    auto *value = new ElidedLabel;
    value->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    form->addRow(makeLabel(name, Tone::Muted), value);
    return value;
}

void EntryDetails::setEntry(const LedgerEntry &entry)
{
    m_heading->setText(u"%1 · %2"_s.arg(numberText(entry.sequence), eventText(entry.event)));
    m_at->setText(momentText(entry.at));
    m_about->setText(entry.action == 0 ? u"–"_s : tr("#%1, revision %2").arg(entry.action).arg(entry.revision));
    m_actor->setText(orDash(safeLine(entry.actor)));
    m_agent->setText(orDash(safeLine(entry.agent)));
    m_target->setText(orDash(safeLine(entry.target)));
    m_hash->setText(QString::fromLatin1(entry.hash.toHex()));
    m_previous->setText(QString::fromLatin1(entry.previousHash.toHex()));
    setPlainToolTip(m_hash, m_hash->text());
    setPlainToolTip(m_previous, m_previous->text());
    m_body->setPlainText(readable(entry.body));
    m_stack->setCurrentIndex(1);
}

void EntryDetails::clear()
{
    m_stack->setCurrentIndex(0);
}

} // namespace holdpoint
