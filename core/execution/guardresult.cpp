// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/guardresult.h"

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QString describe(const Error &error)
{
    return error.sqlState.isEmpty() ? error.text() : u"%1 (SQLSTATE %2)"_s.arg(error.text(), error.sqlState);
}

} // namespace

GuardResult GuardResult::failed(const Error &error)
{
    return {Kind::Failed, {}, describe(error), error};
}

GuardResult GuardResult::blocked(const QString &why, std::optional<qint64> rows)
{
    return {Kind::Blocked, rows, why};
}

GuardResult GuardResult::notGuarded(const Error &error)
{
    return error.code == Error::Code::Unreachable ? failed(error) : blocked(describe(error));
}

GuardResult GuardResult::escaped()
{
    return {Kind::Unknown, {}, u"a statement ended the transaction: part of it may have stayed on the target"_s};
}

} // namespace holdpoint
