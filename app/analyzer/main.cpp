// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/analyzer/limits.h"
#include "app/analyzer/server.h"

#include <cstdio>

int main()
{
    if (!holdpoint::limitThisProcess()) {
        std::fputs("holdpoint-analyzer: this process could not be limited\n", stderr);
        return 2;
    }
    return holdpoint::runWithLargeStack(holdpoint::serveStandardInput);
}
