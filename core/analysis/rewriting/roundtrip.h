// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/rewriting/pgtree.h"

namespace holdpoint {

/// Whether a query holds shapes that libpg_query writes without the brackets they need, as in `(NOT a)::text`.
bool isHardToWrite(pgtree::PgNode *select);

/// The same query with what needs brackets put into a CASE, which has its own.
SelectStmt *bracketed(SelectStmt *select);

/// Whether a text means what the query does that it was written from, places in the text aside.
bool readsBack(const QByteArray &text, pgtree::PgNode *select);

} // namespace holdpoint
