// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/analysis/corpus.h"

#include "tests/analysis/escapes.h"

#include <QFile>

using namespace Qt::StringLiterals;

QList<CorpusCase> readCorpus(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<CorpusCase> cases;
    file.readLine(); // the columns' names
    while (!file.atEnd()) {
        const QStringList fields = QString::fromUtf8(file.readLine()).section(u'\n', 0, 0).split(u'\t');
        if (fields.size() < 4)
            return {};
        const auto level = holdpoint::riskLevelFromWord(fields[1]);
        if (!level)
            return {};
        cases.append(
            {fields[0], *level, fields[2].split(u',', Qt::SkipEmptyParts), QString::fromUtf8(unescaped(fields[3]))});
    }
    return cases;
}
