// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tour/patience.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

StepFailed::StepFailed(const QString &what)
    : std::runtime_error(what.toStdString())
{
}

void require(bool condition, const QString &what)
{
    if (!condition)
        throw StepFailed(what);
}

void Patience::live()
{
    QElapsedTimer busy;
    busy.start();
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    m_longestStall = std::max(m_longestStall, std::chrono::milliseconds(busy.elapsed()));
}

void Patience::settle()
{
    for (int round = 0; round < 5; ++round)
        live();
}

qint64 Patience::until(const QString &what, const std::function<bool()> &condition, std::chrono::milliseconds most)
{
    QElapsedTimer waited;
    waited.start();
    while (!condition()) {
        require(!waited.hasExpired(most.count()), u"%1: not within %2 s"_s.arg(what).arg(most / 1s));
        live();
        QThread::sleep(2ms);
    }
    return waited.elapsed();
}

} // namespace holdpoint
