// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QRegularExpression>
#include <QStringList>

namespace holdpoint {

/// What no line of some files may hold.
struct LineRule
{
    QString files; ///< regular expression of paths from the root
    QString except; ///< the same, of files that may; empty: none
    QString forbidden; ///< regular expression of a line
};

/// The project's own texts, by path from the root.
class SourceTree
{
public:
    /// Reads what is under app, core, ui, tests and resources, and the build files at the top.
    static SourceTree read(const QString &root);
    explicit SourceTree(QHash<QString, QString> files);

    /// Where the rule is broken, as in `core/x.cpp:12: #include <QWidget>`, sorted. Line comments do not count.
    QStringList violations(const LineRule &rule) const;
    /// Files without the two lines that say whose they are and under which licence, within their first five lines.
    QStringList withoutLicence(const QString &files) const;
    /// Files with more lines than this, as in `core/x.cpp: 412 lines`.
    QStringList longerThan(qsizetype lines, const QString &files) const;
    /// Includes that go up the order of folders, which is that of core/CMakeLists.txt.
    QStringList upwardIncludes(const QStringList &order) const;

private:
    QStringList pathsLike(const QString &files, const QString &except = {}) const;

    QHash<QString, QString> m_files;
};

} // namespace holdpoint
