// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/executorprogram.h"

#include <csignal>
#include <cstdlib>

/// The executor, stopping itself at the failpoint named by HOLDPOINT_STOP_AT, so that a test can look around and kill
/// it there.
int main(int argc, char **argv)
{
    const char *name = std::getenv("HOLDPOINT_STOP_AT");
    const std::string_view wanted = name ? name : "";
    return holdpoint::runExecutor(argc, argv, [wanted](holdpoint::Failpoint point) {
        if (toWord(point) == wanted)
            std::raise(SIGSTOP);
    });
}
