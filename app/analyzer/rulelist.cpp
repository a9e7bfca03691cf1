// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/analyzer/rulelist.h"

#include "core/analysis/rule.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QString words(Sight sight)
{
    switch (sight) {
    case Sight::Text:
        return u"text"_s;
    case Sight::Better:
        return u"better with a catalogue"_s;
    case Sight::Catalog:
        break;
    }
    return u"a catalogue"_s;
}

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

void appendOnce(QJsonArray &list, std::string_view text)
{
    if (!text.empty() && !list.contains(toText(text)))
        list.append(toText(text));
}

/// A rule may stand in several entries, for as many kinds of statement.
QJsonObject described(std::string_view id, std::string_view family)
{
    RiskLevel level = RiskLevel::Read;
    std::optional<Sight> sight;
    QJsonArray messages, remedies;
    for (const Rule *entry : allRules()) {
        if (entry->id != id)
            continue;
        level = std::max(level, entry->level);
        sight = sight.value_or(entry->sight) == entry->sight ? entry->sight : Sight::Better;
        appendOnce(messages, entry->message);
        appendOnce(remedies, entry->remedy);
    }
    return {{u"id"_s, toText(id)}, {u"family"_s, toText(family)}, {u"level"_s, toWord(level)},
        {u"sees"_s, words(sight.value_or(Sight::Text))}, {u"messages"_s, messages}, {u"remedies"_s, remedies}};
}

} // namespace

int listRules()
{
    std::vector<std::string_view> listed;
    for (const RuleFamily &family : ruleFamilies())
        for (const Rule &rule : family.rules) {
            if (std::ranges::contains(listed, rule.id))
                continue;
            listed.push_back(rule.id);
            std::puts(QJsonDocument(described(rule.id, family.name)).toJson(QJsonDocument::Compact).constData());
        }
    return std::fflush(stdout) == 0 ? 0 : 2;
}

} // namespace holdpoint
