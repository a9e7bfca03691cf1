// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/executorprogram.h"

int main(int argc, char **argv)
{
    return holdpoint::runExecutor(argc, argv);
}
