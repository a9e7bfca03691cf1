// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcessEnvironment>
#include <QStringList>

/// What one run of the real holdpointctl gave.
struct CtlRun
{
    int status = -1; ///< -1: it crashed, or did not end in time
    QString output;
    QString errors;

    /// Exit status 2, nothing on stdout, and one line on stderr.
    bool isOneClearRefusal() const;
    /// For failure messages.
    QByteArray text() const;
};

CtlRun runCtl(const QStringList &arguments, const QProcessEnvironment &environment, const QByteArray &input = {});
