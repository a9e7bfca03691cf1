// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/analyzer/limits.h"
#include "app/analyzer/rulelist.h"
#include "app/analyzer/server.h"

#include <cstdio>
#include <string_view>

int main(int argc, char *argv[])
{
    if (argc == 2 && argv[1] == std::string_view("--list-rules"))
        return holdpoint::listRules();
    if (!holdpoint::limitThisProcess()) {
        std::fputs("holdpoint-analyzer: this process could not be limited\n", stderr);
        return 2;
    }
    return holdpoint::runWithLargeStack(holdpoint::serveStandardInput);
}
