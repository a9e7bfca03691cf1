// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace holdpoint::bench {

/// Texts of one kind, and what to call them.
struct TextSet
{
    QString name;
    QList<QByteArray> texts;

    qsizetype bytes() const;
};

/// The labelled corpus, over and over until there are @p count texts; the monsters that test limits are left out.
TextSet corpusTexts(const QString &path, qsizetype count);

/// @p count statements of about @p length bytes from the templates of that section, no two alike.
TextSet generatedTexts(const QString &path, int length, qsizetype count);

/// One text of that many short statements, @p bytes in all.
QByteArray longScript(int statements, qsizetype bytes);

} // namespace holdpoint::bench
