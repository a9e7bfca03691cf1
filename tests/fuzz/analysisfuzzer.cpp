// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis.h"
#include "tests/fuzz/sqlmutator.h"

#include <QJsonDocument>

#include <ctime>
#include <sys/resource.h>
#include <unistd.h>

using namespace holdpoint;

namespace {

constexpr rlim_t stackSize = rlim_t(512) << 20; ///< what the worker gives an analysis under AddressSanitizer
constexpr double longestAnalysis = 1; ///< seconds of processor time

void insist(bool holds, const char *what)
{
    if (!holds)
        qFatal("an assessment is broken: %s", what);
}

/// Keeps the time that texts take; says at the end how long the slowest took.
class Stopwatch
{
public:
    ~Stopwatch()
    {
        std::fprintf(stderr, "stat::slowest_analysis_ms:       %.1f (%lld bytes)\n", m_slowest * 1000, m_bytes);
    }

    Assessment analyse(const QByteArray &sql)
    {
        const double start = now();
        Assessment assessment = holdpoint::analyse(sql);
        if (const double taken = now() - start; taken > m_slowest) {
            m_slowest = taken;
            m_bytes = sql.size();
            insist(taken < longestAnalysis, "it took too long");
        }
        return assessment;
    }

private:
    static double now()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
    }

    double m_slowest = 0;
    qsizetype m_bytes = 0;
};

template<typename T>
bool liesWithin(const T &spanned, qsizetype size)
{
    return spanned.start >= 0 && spanned.start <= spanned.end && spanned.end <= size;
}

void checkStatement(const Statement &statement, const QByteArray &sql)
{
    const qsizetype size = sql.size();
    const bool mayHoldPlaceholder = sql.contains("%1");
    insist(liesWithin(statement, size), "a statement lies outside the text");
    insist(!statement.kind.isEmpty(), "a statement has no kind");
    insist(statement.level == RiskLevel::Read || !statement.effects.isEmpty(), "a statement that writes has no effect");
    for (const Finding &finding : statement.findings) {
        insist(liesWithin(finding, size), "a finding lies outside the text");
        insist(finding.level <= statement.level, "a statement is rated below its finding");
        insist(mayHoldPlaceholder || !finding.message.contains(QLatin1StringView("%1")), "a message is unfinished");
    }
}

void checkAssessment(const Assessment &assessment, const QByteArray &sql)
{
    RiskLevel highest = RiskLevel::Read;
    qsizetype end = 0;
    for (const Statement &statement : assessment.statements) {
        checkStatement(statement, sql);
        insist(statement.start >= end, "statements overlap");
        end = statement.end;
        highest = std::max(highest, statement.level);
    }
    insist(assessment.level == highest, "a text is not rated like its gravest statement");
    insist(assessment.error.isEmpty() || assessment.level == RiskLevel::Critical, "an error is not critical");
    const QByteArray line = QJsonDocument(toJson(assessment)).toJson(QJsonDocument::Compact);
    const auto read = assessmentFromJson(QJsonDocument::fromJson(line).object());
    insist(read && *read == assessment, "what is written is not what is read");
}

QByteArray bytes(const std::uint8_t *data, std::size_t size)
{
    return QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
}

std::size_t store(const QByteArray &text, std::uint8_t *out, std::size_t largest)
{
    const std::size_t size = std::min(static_cast<std::size_t>(text.size()), largest);
    std::copy_n(text.begin(), size, out);
    return size;
}

} // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t *data, std::size_t size, std::size_t largest);

/// The limit of a process's first stack is fixed when a program starts.
extern "C" int LLVMFuzzerInitialize(int *, char ***arguments)
{
    rlimit stack{};
    if (getrlimit(RLIMIT_STACK, &stack) == 0 && stack.rlim_cur < stackSize) {
        stack.rlim_cur = std::min(stackSize, stack.rlim_max);
        if (setrlimit(RLIMIT_STACK, &stack) == 0 && stack.rlim_cur == stackSize)
            execv("/proc/self/exe", *arguments);
        qFatal("the stack could not be made large enough");
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static Stopwatch stopwatch;
    const QByteArray sql = bytes(data, size);
    const Assessment assessment = stopwatch.analyse(sql);
    checkAssessment(assessment, sql);
    // One in eight will do: the second time costs as much as the first.
    insist(size % 8 != 0 || stopwatch.analyse(sql) == assessment, "a text is not always said to be the same");
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size, std::size_t largest, unsigned seed)
{
    if (seed % 4 == 0)
        return LLVMFuzzerMutate(data, size, largest);
    return store(SqlMutator(seed).mutated(bytes(data, size)), data, largest);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t *first, std::size_t firstSize,
    const std::uint8_t *second, std::size_t secondSize, std::uint8_t *out, std::size_t largest, unsigned seed)
{
    return store(SqlMutator(seed).crossed(bytes(first, firstSize), bytes(second, secondSize)), out, largest);
}
