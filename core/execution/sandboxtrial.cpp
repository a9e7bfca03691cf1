// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/sandboxtrial.h"

#include "core/assessment/analyzerclient.h"
#include "core/catalog/catalogreader.h"
#include "core/execution/sandboxcheck.h"
#include "core/execution/sandboxcomparison.h"
#include "core/execution/statementrules.h"
#include "core/execution/trialrun.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace holdpoint {

namespace {

constexpr auto analysisPatience = 10s;
const QString component = u"trial"_s;

TrialResult refused(const QString &why)
{
    TrialResult result;
    result.outcome = TrialResult::Outcome::Refused;
    result.detail = why;
    return result;
}

struct Catalogs
{
    CatalogSnapshot target;
    CatalogSnapshot sandbox;
};

std::expected<Catalogs, Error> readCatalogs(Connection &target, Connection &sandbox, const QString &name)
{
    const auto about = [](const QString &whose) {
        return [whose](const Error &error) {
            return Error{error.code, u"the catalogue of the %1 cannot be read: %2"_s.arg(whose, error.message)};
        };
    };
    auto production = readCatalog(target, name, {.withStatistics = false}).transform_error(about(u"target"_s));
    if (!production)
        return std::unexpected(production.error());
    auto own = readCatalog(sandbox, u"the sandbox of "_s + name, {.withStatistics = false})
                   .transform_error(about(u"sandbox"_s));
    if (!own)
        return std::unexpected(own.error());
    return Catalogs{std::move(*production), std::move(*own)};
}

QStringList relationsOf(const Assessment &assessment)
{
    QStringList relations;
    for (const Statement &statement : assessment.statements)
        relations += statement.relations;
    return relations;
}

QStringList changedTables(const TrialResult &result)
{
    QStringList tables;
    const auto add = [&tables](const QList<TableChange> &changes) {
        for (const TableChange &change : changes)
            tables.append(change.table);
    };
    for (const TrialStatement &statement : result.statements)
        add(statement.changes);
    add(result.changesAtEnd);
    return tables;
}

/// Runs it if the executor would run it at all. Not to be approved as critical yet is no reason against trying.
TrialResult run(Connection &sandbox, const GuardTimeouts &timeouts, const Assessment &assessment, const QByteArray &sql)
{
    const auto statements =
        checkParsed(assessment).and_then([&] { return runnableStatements(sql, assessment, RiskLevel::Critical); });
    if (!statements)
        return refused(statements.error().text());
    return TrialRun(sandbox, timeouts).run(assessment, *statements);
}

SandboxVerdict judge(const Catalogs &catalogs, const QStringList &relations, const QString &sandbox)
{
    const CatalogTables own(catalogs.sandbox);
    SandboxVerdict verdict = compareCatalogs(CatalogTables(catalogs.target), own, relations);
    // Not on the connection of the trial: that one is as the statements left it.
    if (auto connection = Connection::open(sandbox, component))
        lookInto(*connection, own, verdict);
    return verdict;
}

} // namespace

TrialResult tryInSandbox(const ClaimedTrial &claim, const ExecutorConfig &config,
    const std::function<bool(std::shared_ptr<Canceller>)> &connected)
{
    if (QCryptographicHash::hash(claim.sql, QCryptographicHash::Sha256) != claim.digest)
        return refused(u"the SQL is not the revision's: its SHA-256 differs"_s);
    const TargetAccess access = config.targets.value(claim.target);
    if (access.sandbox.isEmpty())
        return refused(u"this executor has no sandbox of %1"_s.arg(claim.target));
    auto target = Connection::open(access.write, component);
    if (!target)
        return refused(u"the target cannot be compared with: %1"_s.arg(target.error().text()));
    auto sandbox = Connection::open(access.sandbox, component);
    if (!sandbox)
        return refused(u"the sandbox cannot be reached: %1"_s.arg(sandbox.error().text()));
    if (const auto fit = checkSandbox(*sandbox, *target); !fit)
        return refused(fit.error().text());
    const auto catalogs = readCatalogs(*target, *sandbox, claim.target);
    if (!catalogs)
        return refused(catalogs.error().text());
    const Assessment assessment = analyseAndWait(config.analyzer, claim.sql, analysisPatience, catalogs->sandbox);
    if (!connected(sandbox->canceller()))
        return refused(u"the executor is stopping"_s);
    TrialResult result = run(*sandbox, access.timeouts, assessment, claim.sql);
    result.verdict = judge(*catalogs, relationsOf(assessment) + changedTables(result), access.sandbox);
    return result;
}

} // namespace holdpoint
