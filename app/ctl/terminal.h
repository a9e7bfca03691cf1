// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

#include <QJsonValue>

#include <expected>

namespace holdpoint {

/// What holdpointctl's exit status says.
namespace ExitStatus {
constexpr int Done = 0;
constexpr int No = 1; ///< it was asked, and the answer is no: not revoked yet, the record is broken, a check failed
constexpr int Error = 2; ///< usage, or no server, or refused: nothing was done
// How the wait for an action ended; executed is Done, and No is failed, blocked or unknown.
constexpr int Rejected = 3;
constexpr int ChangesRequested = 4;
constexpr int Ended = 5; ///< expired, revoked or withdrawn
constexpr int StillOpen = 6;
} // namespace ExitStatus

/// Somebody else's words for a terminal, on one line: control, bidi and invisible characters as `⟦U+202E⟧`.
QString safeLine(const QString &text);
/// The same for a text of several lines: line breaks and tabs stay.
QString safeBlock(const QString &text);

/// How many of a terminal's columns a text of one line takes: East Asian letters and pictures two, combining marks
/// none.
qsizetype columnsOf(const QString &line);

/// How wide standard output is: a terminal's columns, or 120 where it is none.
qsizetype terminalColumns();

/// Prints one line, which must be ours or safe.
void printLine(const QString &line);
/// Prints compact JSON in which every such character is escaped.
void printJson(const QJsonValue &value);
/// The same for one line of compact JSON that is made already. It may stay in a buffer until flushLines().
void bufferJsonLine(const QByteArray &line);
void flushLines();

/// Prints the cause and the remedy in one line on stderr. Returns ExitStatus::Error.
int fail(const Error &error);
/// The status inside, or fail().
int finish(const std::expected<int, Error> &result);

/// With separators: 48,210.
QString spelled(qint64 number);

} // namespace holdpoint
