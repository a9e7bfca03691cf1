// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/confusables.h"

#include <unicode/uspoof.h>

#include <algorithm>

namespace holdpoint {

namespace {

bool isAscii(const std::string &text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

USpoofChecker *opened()
{
    UErrorCode status = U_ZERO_ERROR;
    USpoofChecker *checker = uspoof_open(&status);
    return U_FAILURE(status) ? nullptr : checker;
}

} // namespace

void NamesByLook::Closer::operator()(USpoofChecker *checker) const
{
    uspoof_close(checker);
}

NamesByLook::NamesByLook()
    : m_checker(opened())
{
}

NamesByLook::~NamesByLook() = default;

std::string NamesByLook::skeleton(const std::string &name) const
{
    if (!m_checker)
        return {};
    UErrorCode status = U_ZERO_ERROR;
    std::string made(name.size() * 4 + 16, '\0');
    const int32_t size = uspoof_getSkeletonUTF8(m_checker.get(), 0, name.data(), static_cast<int32_t>(name.size()),
        made.data(), static_cast<int32_t>(made.size()), &status);
    if (U_FAILURE(status) || size < 0 || std::size_t(size) > made.size())
        return {};
    made.resize(static_cast<std::size_t>(size));
    return made;
}

void NamesByLook::add(const std::string &name)
{
    if (std::string own = skeleton(name); !own.empty())
        m_names[std::move(own)].insert(name);
}

std::string NamesByLook::lookalike(const std::string &name) const
{
    const auto alike = isAscii(name) ? m_names.end() : m_names.find(skeleton(name));
    if (alike == m_names.end())
        return {};
    const auto other = std::ranges::find_if(alike->second, [&](const std::string &each) { return each != name; });
    return other == alike->second.end() ? std::string() : *other;
}

} // namespace holdpoint
