// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/confusables.h"

#include <unicode/uspoof.h>

#include <algorithm>
#include <memory>

namespace holdpoint {

namespace {

struct Closer
{
    void operator()(USpoofChecker *checker) const { uspoof_close(checker); }
};

bool isAscii(const std::string &text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string skeleton(const USpoofChecker *checker, const std::string &name)
{
    UErrorCode status = U_ZERO_ERROR;
    std::string made(name.size() * 4 + 16, '\0');
    const int32_t size = uspoof_getSkeletonUTF8(checker, 0, name.data(), static_cast<int32_t>(name.size()), made.data(),
        static_cast<int32_t>(made.size()), &status);
    if (U_FAILURE(status) || size < 0 || std::size_t(size) > made.size())
        return {};
    made.resize(static_cast<std::size_t>(size));
    return made;
}

} // namespace

std::string lookalike(const std::string &name, const std::set<std::string> &others)
{
    if (isAscii(name))
        return {};
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<USpoofChecker, Closer> checker(uspoof_open(&status));
    if (U_FAILURE(status))
        return {};
    const std::string own = skeleton(checker.get(), name);
    const auto same = std::ranges::find_if(
        others, [&](const std::string &other) { return other != name && skeleton(checker.get(), other) == own; });
    return own.empty() || same == others.end() ? std::string() : *same;
}

} // namespace holdpoint
