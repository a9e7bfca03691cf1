// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/impact/planreader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype longestPlan = 8 * 1024 * 1024;
constexpr double mostRows = 9'007'199'254'740'992; // 2^53: beyond it a JSON number is no longer exact

std::unexpected<QString> unreadable(const QString &what)
{
    return std::unexpected(u"the replica's plan cannot be read: "_s + what);
}

constexpr int deepest = 200;
constexpr int mostSteps = 5000;

/// Members whose text says which rows a step keeps.
constexpr std::array<QLatin1StringView, 9> conditions{"Index Cond"_L1, "Recheck Cond"_L1, "TID Cond"_L1, "Hash Cond"_L1,
    "Merge Cond"_L1, "Join Filter"_L1, "Filter"_L1, "One-Time Filter"_L1, "Sort Key"_L1};

class PlanReading
{
public:
    std::expected<PlanNode, QString> read(const QJsonObject &json)
    {
        const double total = json["Total Cost"_L1].toDouble();
        PlanNode root = step(json, total, 0);
        if (!m_error.isEmpty())
            return std::unexpected(m_error);
        return root;
    }

private:
    PlanNode step(const QJsonObject &json, double total, int depth)
    {
        PlanNode node;
        const QJsonValue rows = json["Plan Rows"_L1];
        if (depth > deepest || ++m_steps > mostSteps)
            m_error = u"it has too many steps"_s;
        else if (json["Node Type"_L1].toString() == u"ModifyTable"_s)
            m_error = u"it writes"_s; // its top node says 0 rows whatever it would write
        else if (!rows.isDouble() || !(rows.toDouble() >= 0))
            m_error = u"it has no number of rows"_s;
        if (!m_error.isEmpty())
            return node;
        node.rows = static_cast<qint64>(std::min(rows.toDouble(), mostRows));
        node.relation = json["Relation Name"_L1].toString();
        node.what = titleOf(json);
        node.readsWholeTable = json["Node Type"_L1].toString() == u"Seq Scan"_s;
        for (const QLatin1StringView name : conditions)
            if (const QJsonValue value = json[name]; value.isString())
                node.conditions.append(u"%1: %2"_s.arg(name, value.toString()));
        node.cost = json["Total Cost"_L1].toDouble();
        for (const QJsonValue source : json["Plans"_L1].toArray()) {
            node.sources.append(step(source.toObject(), total, depth + 1));
            node.cost -= source["Total Cost"_L1].toDouble();
        }
        // A LIMIT ends what it reads early, and costs less than that.
        node.cost = std::max(0.0, node.cost);
        node.share = total > 0 ? std::min(1.0, node.cost / total) : 0;
        return node;
    }

    static QString titleOf(const QJsonObject &json)
    {
        QString title = json["Node Type"_L1].toString();
        if (const QString join = json["Join Type"_L1].toString(); !join.isEmpty() && join != u"Inner"_s)
            title += u' ' + join;
        if (const QString index = json["Index Name"_L1].toString(); !index.isEmpty())
            title += u" using "_s + index;
        for (const QLatin1StringView name : {"Relation Name"_L1, "CTE Name"_L1, "Function Name"_L1})
            if (const QString read = json[name].toString(); !read.isEmpty())
                title += u" on "_s + read;
        if (const QString alias = json["Alias"_L1].toString();
            !alias.isEmpty() && alias != json["Relation Name"_L1].toString())
            title += u' ' + alias;
        return title;
    }

    QString m_error;
    int m_steps = 0;
};

} // namespace

std::expected<Plan, QString> readPlan(const QByteArray &json)
{
    if (json.size() > longestPlan)
        return unreadable(u"it is longer than 8 MiB"_s);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return unreadable(error.errorString());
    if (!document.isArray() || document.array().size() != 1)
        return unreadable(u"it is not of exactly one statement"_s);
    const auto root = PlanReading().read(document.array().first()["Plan"_L1].toObject());
    if (!root)
        return unreadable(root.error());
    return Plan{.root = *root, .raw = json};
}

} // namespace holdpoint
