// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/error.h"

#include <expected>

namespace holdpoint {

/// What became of an attempt to sign in.
enum class SignInAnswer {
    Accepted,
    RoleMayNotLogIn, ///< the password was right, and the role itself is refused: it is NOLOGIN
    RefusedEarlier, ///< by the server's access rules or for the password: says nothing about the role
};

struct SignInTrial
{
    SignInAnswer answer = SignInAnswer::RefusedEarlier;
    QString message; ///< the server's words; empty if accepted
};

/// Signs in as `role` to wherever `conninfo` leads, and out again at once. An error if no server answered, within five
/// seconds.
std::expected<SignInTrial, Error> trySignIn(const QString &conninfo, const QString &role, const QString &password);

} // namespace holdpoint
