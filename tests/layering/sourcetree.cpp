// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/layering/sourcetree.h"

#include <QDir>
#include <QDirIterator>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

bool isOurs(const QString &path)
{
    static const QRegularExpression texts(u"(\\.(cpp|h|sql|cmake|in|py|sh)|CMakeLists\\.txt|^dev|^\\.ci/run)$"_s);
    // A fixture is what an analysis is asked, to the byte.
    return texts.match(path).hasMatch() && !path.startsWith("tests/analysis/fixtures/"_L1);
}

QString withoutLineComment(const QString &line)
{
    static const QRegularExpression comment(u"(^|\\s)//.*$"_s);
    return QString(line).remove(comment);
}

} // namespace

SourceTree::SourceTree(QHash<QString, QString> files)
    : m_files(std::move(files))
{
}

SourceTree SourceTree::read(const QString &root)
{
    QHash<QString, QString> files;
    const QDir top(root);
    const auto take = [&](const QString &path) {
        QFile file(top.filePath(path));
        if (isOurs(path) && file.open(QFile::ReadOnly))
            files.insert(path, QString::fromUtf8(file.readAll()));
    };
    for (const QString &path : {u"CMakeLists.txt"_s, u"dev"_s, u".ci/run"_s})
        take(path);
    for (const QString &folder : {u"app"_s, u"core"_s, u"ui"_s, u"tests"_s, u"resources"_s}) {
        QDirIterator entries(top.filePath(folder), QDir::Files, QDirIterator::Subdirectories);
        while (entries.hasNext())
            take(top.relativeFilePath(entries.next()));
    }
    return SourceTree(std::move(files));
}

QStringList SourceTree::pathsLike(const QString &files, const QString &except) const
{
    const QRegularExpression wanted(files);
    const QRegularExpression unwanted(except);
    QStringList found;
    for (auto file = m_files.keyBegin(); file != m_files.keyEnd(); ++file)
        if (wanted.match(*file).hasMatch() && (except.isEmpty() || !unwanted.match(*file).hasMatch()))
            found.append(*file);
    found.sort();
    return found;
}

QStringList SourceTree::violations(const LineRule &rule) const
{
    const QRegularExpression forbidden(rule.forbidden);
    QStringList found;
    for (const QString &path : pathsLike(rule.files, rule.except)) {
        qsizetype number = 0;
        for (const QString &line : m_files.value(path).split(u'\n')) {
            ++number;
            if (forbidden.match(withoutLineComment(line)).hasMatch())
                found.append(u"%1:%2: %3"_s.arg(path).arg(number).arg(line.trimmed()));
        }
    }
    return found;
}

QStringList SourceTree::withoutLicence(const QString &files) const
{
    QStringList found;
    for (const QString &path : pathsLike(files)) {
        const QString head = m_files.value(path).section(u'\n', 0, 4);
        if (!head.contains(u"SPDX-FileCopyrightText: "_s) || !head.contains(u"SPDX-License-Identifier: Apache-2.0"_s))
            found.append(path);
    }
    return found;
}

QStringList SourceTree::longerThan(qsizetype lines, const QString &files) const
{
    QStringList found;
    for (const QString &path : pathsLike(files))
        if (const qsizetype has = m_files.value(path).count(u'\n'); has > lines)
            found.append(u"%1: %2 lines"_s.arg(path).arg(has));
    return found;
}

QStringList SourceTree::upwardIncludes(const QStringList &order) const
{
    static const QRegularExpression include(u"#include \"core/(\\w+)/"_s);
    QStringList found;
    for (const QString &path : pathsLike(u"^core/\\w+/.*\\.(cpp|h)$"_s)) {
        const qsizetype own = order.indexOf(path.section(u'/', 1, 1));
        auto matches = include.globalMatch(m_files.value(path));
        while (matches.hasNext()) {
            const QString folder = matches.next().captured(1);
            if (own < 0 || order.indexOf(folder) < 0 || order.indexOf(folder) > own)
                found.append(u"%1 includes core/%2"_s.arg(path, folder));
        }
    }
    return found;
}

} // namespace holdpoint
