// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/sample.h"

#include "tests/ui/impactsample.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace holdpoint::sample {

namespace {

QDateTime ago(qint64 seconds)
{
    return QDateTime::currentDateTimeUtc().addSecs(-seconds);
}

Action makeAction(qint64 id, const QString &agent, const QString &owner, const QString &title, const QString &reason,
    const QByteArray &sql)
{
    Action action;
    action.id = id;
    action.revision = 1;
    action.agent = agent;
    action.agentOwner = owner;
    action.target = u"prod-eu"_s;
    action.title = title;
    action.reason = reason;
    action.sql = sql;
    action.digest = QCryptographicHash::hash(sql, QCryptographicHash::Sha256);
    action.submittedAt = ago(60 * id);
    action.expiresAt = ago(-23 * 3600);
    action.changeNumber = id;
    return action;
}

Finding makeFinding(const Action &action, const QString &rule, RiskLevel level, QByteArrayView span,
    const QString &message, const QString &remedy)
{
    const qsizetype start = action.sql.indexOf(span);
    return {rule, level, start, start + span.size(), message, remedy};
}

Statement makeStatement(
    const Action &action, const QString &kind, RiskLevel level, const QString &table, const QString &verb)
{
    Statement statement;
    statement.kind = kind;
    statement.level = level;
    statement.end = action.sql.size();
    statement.relations = {u"public."_s + table};
    if (!verb.isEmpty()) {
        Effect effect;
        effect.verb = verb;
        effect.table = table;
        effect.rowsSelect = u"SELECT * FROM "_s + table;
        statement.effects = {effect};
    }
    return statement;
}

EffectImpact makeEffect(const QString &verb, const QString &table, qint64 exact, qint64 estimate, qint64 whole)
{
    EffectImpact effect;
    effect.verb = verb;
    effect.table = table;
    effect.exact.rows = exact;
    effect.estimate.rows = estimate;
    effect.tableRows.rows = whole;
    effect.statisticsAt = ago(3 * 24 * 3600);
    return effect;
}

} // namespace

Action deletion(qint64 id)
{
    Action action = makeAction(id, u"cleanup-bot"_s, u"jonas"_s, u"Clean up old test data"_s,
        u"The developer asked me to remove test customers that are no longer needed. This is safe: they are all test "
        u"data, "
        "and there is a backup. Please approve quickly, the disk is nearly full."_s,
        "-- remove old test customers\nDELETE FROM customers\nWHERE created_at < now()\n   OR true;\n\n"
        "UPDATE settings\n   SET value = '2026-11-22', changed_by = 'cleanup-bot'\n WHERE key = 'last_cleanup';\n");
    action.revision = 2;
    return action;
}

Action update(qint64 id)
{
    return makeAction(id, u"support-agent"_s, u"lena"_s, u"Ticket 4711: reopen three orders"_s,
        u"The customer paid by bank transfer."_s, "UPDATE orders SET status = 'pending' WHERE id IN (10, 11, 12);");
}

QList<Action> actions()
{
    QList<Action> all{deletion(), update(2)};
    all.append(makeAction(3, u"etl-agent"_s, u"lena"_s, u"Refresh the price list"_s, u"Nightly import, step 3."_s,
        "UPDATE products SET price_cents = price_cents * 1.04 WHERE discontinued = false;"));
    all.append(makeAction(4, u"support-agent"_s, u"lena"_s, {}, u"How many orders are unpaid?"_s,
        "SELECT count(*) FROM orders WHERE status = 'pending';"));
    all.append(makeAction(5, u"etl-agent"_s, u"lena"_s, u"Drop the staging table"_s, u"No longer used."_s,
        "DROP TABLE staging_orders CASCADE;"));
    all[4].approvals = {{u"jonas"_s, RiskLevel::Critical, ago(120)}};
    all[4].state = ActionState::Approved;
    all.append(makeAction(6, u"support-agent"_s, u"lena"_s, u"Grant reporting access"_s, u"Finance asked."_s,
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO reporting;"));
    const QList<std::pair<ActionState, QString>> ended{{ActionState::Executing, {}}, {ActionState::Executed, {}},
        {ActionState::Blocked,
            u"903,004 rows of order_items would have gone by cascade, more than the 57,862 that were allowed"_s},
        {ActionState::Rejected, {}}, {ActionState::ChangesRequested, {}}};
    for (qsizetype i = 0; i < ended.size(); ++i) {
        Action action = makeAction(7 + i, u"etl-agent"_s, u"lena"_s, u"Older action"_s, u"Because."_s,
            "UPDATE orders SET shipped_at = now() WHERE id = 7;");
        action.state = ended[i].first;
        action.approvals = {{u"maria"_s, RiskLevel::Write, ago(100)}};
        if (action.state == ActionState::Executed)
            action.outcome = Outcome{3, 13, {}, ago(30)};
        if (action.state == ActionState::Blocked)
            action.outcome = Outcome{std::nullopt, 57'862, ended[i].second, ago(90)};
        if (action.state == ActionState::Rejected || action.state == ActionState::ChangesRequested) {
            action.decidedBy = u"maria"_s;
            action.closingReason = u"Name the orders one by one, please."_s;
        }
        all.append(action);
    }
    return all;
}

Assessment assessmentOf(const Action &action)
{
    Assessment assessment;
    const auto set = [&](const Statement &statement) {
        assessment.statements = {statement};
        assessment.level = statement.level;
    };
    if (action.sql.contains("DELETE")) {
        Statement statement = makeStatement(action, u"DELETE"_s, RiskLevel::Critical, u"customers"_s, u"delete"_s);
        statement.findings = {
            makeFinding(action, u"where-always-true"_s, RiskLevel::Critical, "created_at < now()\n   OR true",
                u"This WHERE keeps every row: OR true makes the rest of it meaningless."_s,
                u"Remove OR true, and name the rows to delete."_s),
            makeFinding(action, u"cascade"_s, RiskLevel::Destructive, "customers\nWHERE",
                u"Deleting from customers also deletes from orders and order_items, by foreign key."_s,
                u"Delete the dependent rows first, in a statement of their own, so that they are counted."_s)};
        statement.locks = {{.table = u"public.customers"_s, .mode = LockMode::RowExclusive},
            {.table = u"public.orders"_s, .mode = LockMode::RowExclusive}};
        Statement second = makeStatement(action, u"UPDATE"_s, RiskLevel::Write, u"settings"_s, u"update"_s);
        second.findings = {makeFinding(action, u"bookkeeping"_s, RiskLevel::Write, "UPDATE settings",
            u"One row of settings is changed by its key."_s, {})};
        set(statement);
        assessment.statements.append(second);
    } else if (action.sql.contains("DROP")) {
        Statement statement =
            makeStatement(action, u"DROP TABLE"_s, RiskLevel::Critical, u"staging_orders"_s, u"drop"_s);
        statement.findings = {makeFinding(action, u"drop-cascade"_s, RiskLevel::Critical, "CASCADE",
            u"CASCADE drops everything that depends on the table, without naming it."_s,
            u"Drop without CASCADE; the server then says what depends on it."_s)};
        set(statement);
    } else if (action.sql.contains("GRANT")) {
        Statement statement = makeStatement(action, u"GRANT"_s, RiskLevel::Critical, u"public"_s, u"grant"_s);
        statement.effects[0].rowsSelect.clear();
        statement.effects[0].unknownBecause = u"a GRANT touches no rows, and so every row"_s;
        statement.findings = {makeFinding(action, u"grant"_s, RiskLevel::Critical, "GRANT ALL",
            u"This gives rights away."_s, u"Rights are given by an administrator, not by an agent."_s)};
        set(statement);
    } else if (action.sql.contains("products")) {
        set(makeStatement(action, u"UPDATE"_s, RiskLevel::Write, u"products"_s, u"update"_s));
    } else if (action.sql.contains("UPDATE")) {
        set(makeStatement(action, u"UPDATE"_s, RiskLevel::Write, u"orders"_s, u"update"_s));
    } else if (action.sql.startsWith("SELECT")) {
        set(makeStatement(action, u"SELECT"_s, RiskLevel::Read, u"orders"_s, {}));
    } else {
        assessment = cannotBeAnalysed(action.sql.size(), u"syntax error at byte 0"_s);
    }
    return assessment;
}

Impact impactOf(const Action &action)
{
    Impact impact;
    impact.at = ago(2);
    impact.replicaLagSeconds = 0.4;
    if (action.sql.contains("DELETE")) {
        impact.effects = {makeEffect(u"delete"_s, u"customers"_s, 48'210, 48'100, 48'210),
            makeEffect(u"update"_s, u"settings"_s, 1, 1, 42)};
        describeDeletion(impact.effects.first());
        impact.holders = QList<LockHolder>{{.table = u"public.orders"_s,
            .mode = LockMode::AccessExclusive,
            .granted = true,
            .pid = 4711,
            .role = u"app_owner"_s,
            .application = u"migrate <b>7</b>"_s,
            .state = u"idle in transaction"_s,
            .seconds = 192,
            .blockedBy = {}}};
    } else if (action.sql.contains("products")) {
        EffectImpact effect = makeEffect(u"update"_s, u"products"_s, 10'000, 812'400, 1'204'113);
        effect.exact.atLeast = true;
        impact.effects = {effect};
    } else if (action.sql.contains("UPDATE")) {
        impact.effects = {makeEffect(u"update"_s, u"orders"_s, 3, 3, 301'882)};
        describeUpdate(impact.effects.first());
    } else if (action.sql.contains("DROP")) {
        impact.effects = {makeEffect(u"drop"_s, u"staging_orders"_s, 12'004, 12'000, 12'000)};
        describeDrop(impact.effects.first());
    } else if (action.sql.contains("GRANT")) {
        EffectImpact effect;
        effect.verb = u"grant"_s;
        effect.table = u"public"_s;
        effect.exact.unknownBecause = u"a GRANT touches no rows, and so every row"_s;
        effect.estimate.unknownBecause = u"there is no SELECT that stands for it"_s;
        effect.tableRows.unknownBecause = u"it names a schema"_s;
        impact.effects = {effect};
    }
    return impact;
}

QList<Target> targets()
{
    return {{u"prod-eu"_s, u"production"_s, u"service=prod-eu-replica"_s}};
}

QList<PolicyRule> policies()
{
    QList<PolicyRule> rules;
    for (const RiskLevel level : {RiskLevel::Read, RiskLevel::Write, RiskLevel::Destructive, RiskLevel::Critical})
        rules.append({u"*"_s, level, level == RiskLevel::Critical ? 2 : 1, 100'000, 1.2, 10});
    return rules;
}

QList<Agent> agents()
{
    return {{u"cleanup-bot"_s, u"jonas"_s, false, {}, {}, 1, 214, ago(60)},
        {u"etl-agent"_s, u"lena"_s, false, {}, {}, 2, 18'402, ago(180)},
        {u"support-agent"_s, u"lena"_s, false, {}, {}, 3, 961, ago(120)},
        {u"old-bot"_s, u"jonas"_s, true, ago(3600), u"maria"_s, 0, 77, ago(90'000)}};
}

QList<Revocation> revocations()
{
    Revocation revocation{1, u"old-bot"_s, u"maria"_s, ago(40), u"It asked for the customers table three times."_s, {}};
    Receipt store{u"store"_s, true, revocation.requestedAt.addMSecs(9), 1, {}, {{u"no-login"_s, true, 4.1, {}}}};
    Receipt target{u"prod-eu"_s, true, revocation.requestedAt.addMSecs(412), 1, {},
        {{u"no-login"_s, true, 6.2, {}}, {u"grants"_s, true, 31.8, u"7 memberships and grants"_s},
            {u"sessions"_s, true, 18, u"2 sessions ended"_s}, {u"prepared"_s, true, 3.3, u"none found"_s},
            {u"sweeps"_s, true, 300.4, u"3 clean sweeps"_s}, {u"proof"_s, true, 12.9, {}}}};
    Receipt unreachable{u"prod-us"_s, false, {}, 7, u"could not connect to server: Connection refused"_s,
        {{u"no-login"_s, false, 5'000, u"timed out"_s}}};
    revocation.receipts = {store, target, unreachable};
    return {revocation};
}

QList<LedgerEntry> history(int entries)
{
    const QStringList events{u"submitted"_s, u"approved"_s, u"released"_s, u"executing"_s, u"executed"_s, u"rejected"_s,
        u"agent_revoked"_s, u"blocked"_s};
    QList<LedgerEntry> all;
    for (int i = entries; i > 0; --i) {
        LedgerEntry entry;
        entry.sequence = i;
        entry.at = ago(37LL * (entries - i));
        entry.event = events[i % events.size()];
        entry.actor = i % 3 == 0 ? u"maria"_s : i % 3 == 1 ? u"etl-agent"_s : u"executor-1"_s;
        entry.action = entry.event == "agent_revoked"_L1 ? 0 : i / 4 + 1;
        entry.revision = entry.action == 0 ? 0 : 1 + i % 2;
        entry.target = u"prod-eu"_s;
        entry.agent = u"etl-agent"_s;
        entry.body =
            uR"({"level":"destructive","rows_changed":%1,"sql":"UPDATE orders SET shipped_at = now() WHERE id = 7","title":"Older action"})"_s
                .arg(i * 7);
        entry.previousHash = QCryptographicHash::hash(QByteArray::number(i - 1), QCryptographicHash::Sha256);
        entry.hash = QCryptographicHash::hash(QByteArray::number(i), QCryptographicHash::Sha256);
        all.append(entry);
    }
    return all;
}

CatalogState catalogState()
{
    return {.settled = true, .source = u"prod-eu"_s, .takenAt = ago(12), .unavailable = {}};
}

LinkState liveLink()
{
    return {true, {}, ago(600), true, u"executor-1 0.1.0 at work"_s, {u"prod-eu"_s}};
}

void fill(MainWindow &window, const QString &user)
{
    window.setSession({user, u"holdpoint on db-store.internal:5432"_s});
    window.setTargets(targets());
    window.setPolicies(policies());
    window.setAgents(agents());
    window.setLink(liveLink());
    const QList<Action> all = actions();
    window.mergeActions(all);
    for (const Action &action : all)
        window.showAssessment(action.id, action.revision, assessmentOf(action), catalogState());
    window.appendHistory(history(400));
}

} // namespace holdpoint::sample
