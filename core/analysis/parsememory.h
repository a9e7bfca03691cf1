// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

extern "C" {
#include <pg_query.h>

#include <pg_query_internal.h>
}

namespace holdpoint {

/// A memory context of PostgreSQL's, which everything that it allocates goes to. It goes with this object, and what is
/// in it as well. Belongs to one thread.
class ParseMemory
{
public:
    ParseMemory()
        : m_context(pg_query_enter_memory_context())
    {
        MemoryContextSwitchTo(TopMemoryContext);
    }
    ~ParseMemory() { pg_query_exit_memory_context(m_context); }
    ParseMemory(const ParseMemory &) = delete;
    ParseMemory &operator=(const ParseMemory &) = delete;

    /// While it lives, PostgreSQL allocates here.
    class Scope
    {
    public:
        explicit Scope(const ParseMemory &memory)
            : m_outer(MemoryContextSwitchTo(memory.m_context))
        {
        }
        ~Scope() { MemoryContextSwitchTo(m_outer); }
        Scope(const Scope &) = delete;
        Scope &operator=(const Scope &) = delete;

    private:
        MemoryContext m_outer;
    };

private:
    MemoryContext m_context;
};

} // namespace holdpoint
