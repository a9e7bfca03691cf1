// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace holdpoint {

/// Turns SIGINT, SIGTERM and SIGHUP into a signal of the event loop, so that everything is stopped in its order. One
/// for each program, on the main thread.
class Interrupt final : public QObject
{
    Q_OBJECT
public:
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;

Q_SIGNALS:
    void requested();

private:
    int m_descriptor;
};

} // namespace holdpoint
