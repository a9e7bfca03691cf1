// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tour/transcript.h"

#include <cstdio>

namespace holdpoint {

Transcript::Transcript()
{
    m_clock.start();
}

double Transcript::seconds() const
{
    return static_cast<double>(m_clock.elapsed()) / 1000;
}

void Transcript::act(const QString &title)
{
    m_act = title;
    std::printf("\n%s\n", qUtf8Printable(title));
    std::fflush(stdout);
}

void Transcript::say(const QString &line)
{
    std::printf("  %7.2f s  %s\n", seconds(), qUtf8Printable(line));
    std::fflush(stdout);
}

} // namespace holdpoint
