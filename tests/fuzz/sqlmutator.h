// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <random>

/// Changes SQL by its words rather than its bytes, so that what comes out is often SQL still.
class SqlMutator
{
public:
    explicit SqlMutator(unsigned seed)
        : m_random(seed)
    {
    }

    /// The text with one to three words, brackets or literals moved, doubled, taken out or put in.
    QByteArray mutated(const QByteArray &sql);
    /// The text with a run of words of another one in it.
    QByteArray crossed(const QByteArray &sql, const QByteArray &other);

private:
    qsizetype below(qsizetype end);
    void mutate(QByteArrayList &words);

    std::mt19937 m_random;
};
