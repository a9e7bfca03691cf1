// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

struct USpoofChecker;

namespace holdpoint {

/// Names, found by what they look like: by the skeletons of Unicode's UTS #39, which are made once for each name.
class NamesByLook
{
public:
    NamesByLook();
    ~NamesByLook();
    NamesByLook(const NamesByLook &) = delete;
    NamesByLook &operator=(const NamesByLook &) = delete;

    void add(const std::string &name);
    /// The first of the names that looks like @p name and is another one; empty if there is none. Only names with
    /// characters beyond ASCII are looked at: letters that merely resemble each other within ASCII (l and 1) are too
    /// common in honest names.
    std::string lookalike(const std::string &name) const;

private:
    std::string skeleton(const std::string &name) const;

    struct Closer
    {
        void operator()(USpoofChecker *checker) const;
    };
    std::unique_ptr<USpoofChecker, Closer> m_checker;
    std::map<std::string, std::set<std::string>, std::less<>> m_names; ///< by skeleton
};

} // namespace holdpoint
