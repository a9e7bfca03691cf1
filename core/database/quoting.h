// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace holdpoint {

/// A name as SQL text, for the statements that take no parameters: `a"b` becomes `"a""b"`.
QString quotedIdentifier(QString name);

/// A value as SQL text, whatever standard_conforming_strings says.
QString quotedLiteral(QString value);

} // namespace holdpoint
