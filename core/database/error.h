// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace holdpoint {

/// What went wrong, for people: the cause in one line and what to do next.
struct Error
{
    enum class Code {
        Unreachable, ///< no connection, or it was lost
        SignInRefused, ///< wrong password, unknown role or database, no right to connect
        WrongVersion, ///< the store's schema is missing, older or newer than this program
        Refused, ///< the server understood and said no: a right is missing, a rule was broken
        Conflict, ///< somebody else was faster: the action has moved on
        TimedOut,
        Invalid, ///< what was asked for makes no sense; nothing was sent
        Failed, ///< anything else
    };
    Code code = Code::Failed;
    QString message;
    QString remedy = {};
    QString sqlState = {}; ///< the server's five characters; empty where no statement was answered
    int position = 0; ///< character of the statement that it is about, from 1; 0 where the server named none

    /// Message and remedy in one line.
    QString text() const;
    bool operator==(const Error &) const = default;
};

} // namespace holdpoint
