// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "ui/review/safetext.h"

#include <QPlainTextEdit>

namespace KSyntaxHighlighting {
class Repository;
}

namespace holdpoint {

class SqlHighlighter;

/// Shows an agent's SQL: read only, left to right, wrapped so that nothing hides at the side, with the numbers of its
/// lines, its findings underlined, and everything unseen spelled out.
class SqlView final : public QPlainTextEdit
{
    Q_OBJECT
public:
    /// @param repository must outlive the view; one for the whole process
    explicit SqlView(KSyntaxHighlighting::Repository &repository, QWidget *parent = nullptr);

    /// Takes the bytes as submitted, and forgets the findings.
    void setSource(const QByteArray &sql);
    void setFindings(const QList<Finding> &findings);
    /// Selects the bytes of a finding and brings them into view.
    void jumpTo(qsizetype start, qsizetype end);

    /// False while a part of the text is left out because it is too long.
    bool isComplete() const { return m_shown.isComplete(); }
    void showAll();
    const SafeText &shown() const { return m_shown; }

    int gutterWidth() const;
    void paintGutter(QPaintEvent *event);

Q_SIGNALS:
    void completenessChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    QMimeData *createMimeDataFromSelection() const override;
    QVariant loadResource(int type, const QUrl &name) override;

private:
    void present(const SafeText::Limits &limits);
    void underline();
    void applyTheme();
    const Finding *worstIn(qsizetype from, qsizetype to) const;

    KSyntaxHighlighting::Repository &m_repository;
    SqlHighlighter *m_highlighter;
    QWidget *m_gutter;
    QByteArray m_source;
    SafeText m_shown;
    QList<Finding> m_findings;
};

} // namespace holdpoint
