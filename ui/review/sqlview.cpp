// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/review/sqlview.h"

#include "ui/icons.h"
#include "ui/review/gutter.h"
#include "ui/review/sqlhighlighter.h"
#include "ui/theme.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/Theme>
#include <QMimeData>
#include <QPainter>
#include <QTextBlock>

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
/// Beyond this nobody reads underlines; the list of findings says how many there are.
constexpr qsizetype mostUnderlines = 1'000;
} // namespace

SqlView::SqlView(KSyntaxHighlighting::Repository &repository, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_repository(repository)
    , m_highlighter(new SqlHighlighter(document()))
    , m_gutter(new Gutter(this))
{
    setObjectName(u"sql"_s);
    setAccessibleName(tr("SQL of the action"));
    setProperty("kind", u"flat"_s);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setLayoutDirection(Qt::LeftToRight);
    setUndoRedoEnabled(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QTextOption option = document()->defaultTextOption();
    option.setTextDirection(Qt::LeftToRight);
    document()->setDefaultTextOption(option);
    document()->setDocumentMargin(8);
    setFont(fixedFont());
    setTabStopDistance(4 * fontMetrics().horizontalAdvance(u' '));
    m_highlighter->setDefinition(m_repository.definitionForName(u"SQL (PostgreSQL)"_s));
    applyTheme();
    connect(this, &QPlainTextEdit::updateRequest, m_gutter, [this](const QRect &, int) { m_gutter->update(); });
}

void SqlView::setSource(const QByteArray &sql)
{
    m_source = sql;
    m_findings.clear();
    present({});
}

void SqlView::setFindings(const QList<Finding> &findings)
{
    m_findings = findings;
    underline();
    m_gutter->update();
}

void SqlView::showAll()
{
    present(SafeText::Limits::none());
}

void SqlView::present(const SafeText::Limits &limits)
{
    m_shown = makeSafeText(m_source, limits);
    m_highlighter->setRows(m_shown.rows, m_shown.text.size());
    setPlainText(m_shown.text);
    setViewportMargins(gutterWidth(), 0, 0, 0);
    underline();
    Q_EMIT completenessChanged();
}

void SqlView::underline()
{
    const Theme &theme = themeOf(this);
    QList<QTextEdit::ExtraSelection> selections;
    for (const Finding &finding : std::as_const(m_findings).first(std::min(m_findings.size(), mostUnderlines))) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document());
        selection.cursor.setPosition(static_cast<int>(m_shown.positionOf(finding.start)));
        selection.cursor.setPosition(static_cast<int>(m_shown.positionOf(finding.end)), QTextCursor::KeepAnchor);
        selection.format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        selection.format.setUnderlineColor(theme.risk(finding.level));
        selection.format.setBackground(theme.tint(theme.risk(finding.level)));
        selections.append(selection);
    }
    setExtraSelections(selections);
}

void SqlView::jumpTo(qsizetype start, qsizetype end)
{
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(m_shown.positionOf(end)));
    cursor.setPosition(static_cast<int>(m_shown.positionOf(start)), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    centerCursor();
}

QMimeData *SqlView::createMimeDataFromSelection() const
{
    // What is copied is what was submitted: no chips, and no forced direction.
    const QTextCursor cursor = textCursor();
    const qsizetype start = m_shown.byteAt(cursor.selectionStart());
    const qsizetype end = m_shown.byteAt(cursor.selectionEnd());
    auto *copied = new QMimeData;
    copied->setText(QString::fromUtf8(m_source.sliced(start, std::max<qsizetype>(0, end - start))));
    return copied;
}

QVariant SqlView::loadResource(int, const QUrl &)
{
    return {};
}

int SqlView::gutterWidth() const
{
    const int digits = static_cast<int>(QString::number(m_shown.lines).size());
    return fontMetrics().horizontalAdvance(u'9') * std::max(digits, 2) + 40;
}

void SqlView::paintGutter(QPaintEvent *event)
{
    const Theme &theme = themeOf(this);
    QPainter painter(m_gutter);
    painter.fillRect(event->rect(), theme.sunken);
    painter.setFont(font());
    painter.setPen(theme.muted);
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > event->rect().bottom())
            break;
        const qsizetype row = block.blockNumber();
        // The end of the last line is no line.
        if (row >= m_shown.rows.size() || m_shown.rows[row].line >= m_shown.lines)
            break;
        const QString number = m_shown.rows[row].continued ? u"↪"_s : QString::number(m_shown.rows[row].line + 1);
        const QRectF line(0, place.top(), m_gutter->width() - 10, fontMetrics().height());
        painter.drawText(line, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), number);
        if (const Finding *worst = worstIn(block.position(), block.position() + block.length()))
            painter.drawPixmap(QPointF(8, place.top() + (fontMetrics().height() - 14) / 2.0),
                iconPixmap(riskIconName(worst->level), 14, theme.risk(worst->level), devicePixelRatioF()));
    }
}

const Finding *SqlView::worstIn(qsizetype from, qsizetype to) const
{
    const Finding *worst = nullptr;
    // No first(): it copies the list, and what is returned points into it.
    for (const Finding &finding : std::span(m_findings).first(std::min(m_findings.size(), mostUnderlines))) {
        const qsizetype position = m_shown.positionOf(finding.start);
        if (position >= from && position < to && (!worst || finding.level > worst->level))
            worst = &finding;
    }
    return worst;
}

void SqlView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    m_gutter->setGeometry(contentsRect().left(), contentsRect().top(), gutterWidth(), contentsRect().height());
}

void SqlView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

void SqlView::applyTheme()
{
    const Theme &theme = themeOf(this);
    m_highlighter->setTheme(m_repository.theme(theme.dark ? u"Holdpoint Dark"_s : u"Holdpoint Light"_s));
    m_highlighter->setChipColours(theme.critical, theme.tint(theme.critical));
    m_highlighter->rehighlight();
    underline();
}

} // namespace holdpoint
