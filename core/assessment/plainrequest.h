// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <optional>

namespace holdpoint {

/// A request in the shape that nearly all have: an object with nothing but an id and a text, both written plainly.
/// Views into its line.
struct PlainRequest
{
    QByteArrayView id; ///< a whole number, or a text without escapes: JSON as it is to be echoed
    QByteArrayView sql; ///< a JSON string, with its quotes: valid UTF-8 without escapes by number
};

/// Reads a line without building a document of it. Nothing for any other line: that says nothing of whether it is a
/// request.
std::optional<PlainRequest> plainRequest(QByteArrayView line);

/// The bytes that a PlainRequest's text stands for.
QByteArray textOf(const PlainRequest &request);

} // namespace holdpoint
