// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/demo/ctlrun.h"

#include <QCoreApplication>
#include <QProcess>

using namespace Qt::StringLiterals;

bool CtlRun::isOneClearRefusal() const
{
    return status == 2 && output.isEmpty() && errors.startsWith("holdpointctl: "_L1) && errors.count(u'\n') == 1
        && errors.endsWith(u'\n');
}

QByteArray CtlRun::text() const
{
    return u"status %1\n%2\n%3"_s.arg(QString::number(status), output, errors).toUtf8();
}

CtlRun runCtl(const QStringList &arguments, const QProcessEnvironment &environment, const QByteArray &input)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationDirPath() + "/holdpointctl"_L1, arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished() && process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}
