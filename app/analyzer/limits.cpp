// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/analyzer/limits.h"

#include <algorithm>
#include <chrono>

#include <malloc.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace holdpoint {

namespace {

constexpr rlim_t mebibyte = rlim_t(1) << 20;

#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t stackSize = 512 * mebibyte; // frames are several times as large
constexpr rlim_t secondsEach = 60;
#else
constexpr rlim_t secondsEach = 10;
constexpr std::size_t stackSize = 384 * mebibyte;
#endif

bool limit(__rlimit_resource resource, rlim_t soft, rlim_t hard)
{
    rlimit present{};
    if (getrlimit(resource, &present) != 0)
        return false;
    const rlim_t allowed = present.rlim_max;
    const rlimit wanted{std::min(soft, allowed), std::min(hard, allowed)};
    return setrlimit(resource, &wanted) == 0;
}

/// Every analysis takes and frees some hundred kilobytes. Giving them back to the system each time costs more than the
/// analysis itself.
void keepFreedMemory()
{
    constexpr int kept = 64 << 20;
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TRIM_THRESHOLD, kept);
    mallopt(M_MMAP_THRESHOLD, 16 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
}

void *callFunction(void *argument)
{
    auto &[function, result] = *static_cast<std::pair<int (*)(), int> *>(argument);
    result = function();
    return nullptr;
}

} // namespace

bool limitThisProcess()
{
    bool good = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    // The parent's end of the pipe may live on in another child of it.
    good = prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0) == 0 && good;
    good = limit(RLIMIT_CORE, 0, 0) && good;
    good = limit(RLIMIT_FSIZE, 0, 0) && good;
    good = limit(RLIMIT_NOFILE, 16, 16) && good;
#if !defined(__SANITIZE_ADDRESS__)
    good = limit(RLIMIT_AS, 1024 * mebibyte, 1024 * mebibyte) && good;
#endif
    allowMoreProcessorTime();
    keepFreedMemory();
    return good;
}

void allowMoreProcessorTime()
{
    using Clock = std::chrono::steady_clock;
    static Clock::time_point last;
    // Two calls of the system take as long as a small analysis, and the limit counts in seconds anyway.
    if (const auto now = Clock::now(); now - last >= std::chrono::milliseconds(500))
        last = now;
    else
        return;
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto spent = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec);
    limit(RLIMIT_CPU, spent + secondsEach, RLIM_INFINITY);
}

int runWithLargeStack(int (*function)())
{
    pthread_attr_t attributes;
    pthread_t thread{};
    std::pair<int (*)(), int> call{function, 2};
    pthread_attr_init(&attributes);
    if (pthread_attr_setstacksize(&attributes, stackSize) != 0
        || pthread_create(&thread, &attributes, callFunction, &call) != 0)
        return 2;
    pthread_attr_destroy(&attributes);
    pthread_join(thread, nullptr);
    return call.second;
}

} // namespace holdpoint
