// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/demo/localcluster.h"

#include <QCoreApplication>

#include <cstdio>

using namespace holdpoint;

/// Holds a server in the directory it is given, prints the server's process id, and waits to be killed.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto cluster = LocalCluster::create({.directory = application.arguments().value(1)});
    if (!cluster) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(cluster.error().text()));
        return 1;
    }
    std::printf("%lld\n", (*cluster)->processId());
    std::fflush(stdout);
    return QCoreApplication::exec();
}
