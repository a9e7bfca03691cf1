// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace holdpoint {

/// Reads requests from standard input, one JSON object a line, and writes one answer a line, in the same order:
/// `{"id":…,"sql":"…"}` or `{"id":…,"sql_base64":"…"}` in, the assessment with that id out. A line that is no
/// request is answered with `{"id":null,"error":"…","line":N}`. Returns the exit status at the end of the input.
///
/// `{"catalog":"<id>","snapshot":{…}}`, without blanks, gives a catalogue and is answered with
/// `{"catalog":"<id>","error":null}` or why not. A request with `"catalog":"<id>"` is analysed with it, one without
/// from its text alone. One that names a catalogue which was not given is answered with its id and an error.
int serveStandardInput();

} // namespace holdpoint
