// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace holdpoint {

/// Reads requests from standard input, one JSON object a line, and writes one answer a line, in the same order:
/// `{"id":…,"sql":"…"}` or `{"id":…,"sql_base64":"…"}` in, the assessment with that id out. A line that is no
/// request is answered with `{"id":null,"error":"…","line":N}`. Returns the exit status at the end of the input.
int serveStandardInput();

} // namespace holdpoint
