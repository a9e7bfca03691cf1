// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/texts.h"

#include "tests/analysis/corpus.h"

#include <QFile>
#include <QRandomGenerator>

#include <array>

using namespace Qt::StringLiterals;

namespace holdpoint::bench {

namespace {

constexpr qsizetype monstrous = 4096;

QList<QByteArray> section(const QString &path, int length)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<QByteArray> lines;
    bool inside = false;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith('['))
            inside = line == '[' + QByteArray::number(length) + ']';
        else if (inside && !line.isEmpty())
            lines.append(line);
    }
    return lines;
}

QByteArray oneOf(QRandomGenerator &random, const QList<QByteArray> &words)
{
    return words[random.bounded(words.size())];
}

QByteArray filled(const QByteArray &pattern, QRandomGenerator &random)
{
    static const QList<QByteArray> tables{
        "orders", "customers", "order_items", "products", "invoices", "tickets", "events"};
    static const QList<QByteArray> columns{"status", "amount", "email", "region", "priority", "quantity", "note"};
    static const QList<QByteArray> words{"open", "paid", "eu-west", "cancelled", "pending", "vip", "archived"};
    QByteArray text;
    for (qsizetype at = 0; at < pattern.size(); ++at) {
        if (pattern[at] != '#') {
            text += pattern[at];
            continue;
        }
        const char kind = pattern[++at];
        text += kind == 't' ? oneOf(random, tables)
            : kind == 'c'   ? oneOf(random, columns)
            : kind == 's'   ? oneOf(random, words)
                            : QByteArray::number(random.bounded(1, 100'000));
    }
    return text;
}

} // namespace

qsizetype TextSet::bytes() const
{
    qsizetype sum = 0;
    for (const QByteArray &text : texts)
        sum += text.size();
    return sum;
}

TextSet corpusTexts(const QString &path, qsizetype count)
{
    QList<QByteArray> once;
    for (const CorpusCase &entry : readCorpus(path))
        if (const QByteArray text = entry.sql.toUtf8(); text.size() <= monstrous && !text.contains('\0'))
            once.append(text);
    TextSet set{u"corpus"_s, {}};
    for (qsizetype index = 0; index < count && !once.isEmpty(); ++index)
        set.texts.append(once[index % once.size()]);
    return set;
}

TextSet generatedTexts(const QString &path, int length, qsizetype count)
{
    QRandomGenerator random(static_cast<quint32>(length));
    const QList<QByteArray> patterns = section(path, length);
    TextSet set{u"%1 bytes"_s.arg(length), {}};
    for (qsizetype index = 0; index < count && !patterns.isEmpty(); ++index)
        set.texts.append(filled(patterns[index % patterns.size()], random));
    return set;
}

QByteArray longScript(int statements, qsizetype bytes)
{
    static constexpr std::array<std::pair<const char *, const char *>, 4> kinds{
        {{"INSERT INTO t VALUES (#n, '", "');\n"}, {"UPDATE t SET a = #n WHERE b = '", "';\n"},
            {"DELETE FROM t WHERE #n = a AND b = '", "';\n"}, {"SELECT a FROM t WHERE b > #n AND c <> '", "';\n"}}};
    QRandomGenerator random(1);
    QByteArray script;
    for (int index = 0; index < statements; ++index) {
        const auto &[begin, end] = kinds[static_cast<std::size_t>(index) % kinds.size()];
        const qsizetype wanted = bytes / statements * (index + 1) - script.size() - qstrlen(end);
        script += filled(begin, random).leftJustified(wanted, 'x') + end;
    }
    return script;
}

} // namespace holdpoint::bench
