// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/impactsample.h"

using namespace Qt::StringLiterals;

namespace holdpoint::sample {

namespace {

Figure counted(qint64 rows)
{
    return {.rows = rows, .atLeast = false, .unknownBecause = {}};
}

ReachedImpact reached(
    const QString &table, const QString &through, Reached::Action action, int hops, const Figure &rows)
{
    return {.table = u"public."_s + table,
        .through = u"public."_s + through,
        .constraints = {u"%1_%2_fkey"_s.arg(table, through)},
        .action = action,
        .hops = hops,
        .rows = rows};
}

PlanNode step(const QString &what, const QString &relation, qint64 rows, double share)
{
    PlanNode node;
    node.what = what;
    node.relation = relation;
    node.rows = rows;
    node.share = share;
    node.readsWholeTable = what.startsWith(u"Seq Scan"_s);
    return node;
}

} // namespace

void describeDeletion(EffectImpact &effect)
{
    using Action = Reached::Action;
    effect.reached = {reached(u"orders"_s, u"customers"_s, Action::Delete, 1, counted(301'882)),
        reached(u"order_items"_s, u"orders"_s, Action::Delete, 2, counted(903'004)),
        reached(u"subscriptions"_s, u"customers"_s, Action::Delete, 1, counted(21'040)),
        reached(u"invoices"_s, u"subscriptions"_s, Action::Delete, 2,
            {.rows = 1'000'000, .atLeast = true, .unknownBecause = {}}),
        reached(u"customers"_s, u"customers"_s, Action::SetNull, 1,
            {.rows = {}, .atLeast = false, .unknownBecause = u"the replica stopped it: statement timeout"_s}),
        reached(u"contracts"_s, u"customers"_s, Action::Refuse, 1, counted(12))};
    effect.notes.triggers = {u"after each row: customers_audit calls audit_row_change"_s};
    Preview preview;
    preview.columns = {{u"id"_s, u"bigint"_s, true}, {u"email"_s, u"text"_s, false}, {u"name"_s, u"text"_s, false},
        {u"plan"_s, u"text"_s, false}, {u"notes"_s, u"text"_s, false}};
    preview.masked = {u"email"_s};
    for (int row = 1; row <= 50; ++row)
        preview.rows.append(
            {.before = {QString::number(row), std::nullopt, u"Ada Lovelace"_s, row % 3 ? u"free"_s : u"enterprise"_s,
                 row % 2 ? PreviewCell()
                         : PreviewCell(u"<b>VIP</b> – a note that is much longer than its cell \u202e and "
                                       "turns around"_s)},
                .after = {}});
    preview.more = true;
    effect.preview = preview;
    PlanNode root = step(u"Seq Scan on customers"_s, u"customers"_s, 48'100, 1);
    root.conditions = {u"Filter: ((created_at < now()) OR true)"_s};
    effect.plan = Plan{.root = root, .raw = "[]"};
}

void describeUpdate(EffectImpact &effect)
{
    Preview preview;
    preview.columns = {{u"id"_s, u"bigint"_s, true}, {u"customer_id"_s, u"bigint"_s, false},
        {u"status"_s, u"order_status"_s, false}, {u"placed_at"_s, u"timestamp with time zone"_s, false},
        {u"shipped_at"_s, u"timestamp with time zone"_s, false}};
    preview.newValues = {{u"status"_s, u"order_status"_s, {}, false},
        {u"shipped_at"_s, u"timestamp with time zone"_s, {}, true},
        {u"number"_s, {}, u"it is numbered when it is stored"_s, false}};
    for (const int id : {10, 11, 12})
        preview.rows.append({.before = {QString::number(id), u"4711"_s, id == 12 ? u"pending"_s : u"paid"_s,
                                 u"2026-11-02 09:14:00+00"_s, std::nullopt},
            .after = {
                u"pending"_s, id == 10 ? PreviewCell(u"2026-11-24 12:00:00+00"_s) : PreviewCell(), std::nullopt}});
    effect.preview = preview;
    PlanNode root = step(u"Nested Loop"_s, {}, 3, 0.1);
    root.sources = {step(u"Index Scan using orders_pkey on orders"_s, u"orders"_s, 3, 0.25),
        step(u"Seq Scan on customers c"_s, u"customers"_s, 48'100, 0.65)};
    root.sources[0].conditions = {u"Index Cond: (id = ANY ('{10,11,12}'::bigint[]))"_s};
    effect.plan = Plan{.root = root, .raw = "[]"};
}

void describeDrop(EffectImpact &effect)
{
    effect.notes.dependents = {u"constraint batches_order_fkey on table batches"_s, u"view staging_totals"_s,
        u"materialized view staging_by_month"_s, u"function staging_sum()"_s};
    effect.notes.sequences = {u"staging_orders_id_seq at 12,004"_s};
    effect.notes.bytes = 3'481'600;
}

} // namespace holdpoint::sample
