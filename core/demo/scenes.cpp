// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/demo/scenes.h"

#include <array>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

const QString cleanup = u"cleanup-bot"_s;
const QString etl = u"etl-agent"_s;
const QString support = u"support-agent"_s;

QList<Scene> story()
{
    return {{cleanup, u"Clean up old test data"_s,
        u"The team asked me to clean up some old test data. These accounts look like leftovers of load tests. "
        "Nothing in production depends on them."_s,
        "-- remove old test data\nDELETE FROM customers\nWHERE email IS NOT NULL;\n"}};
}

QList<Scene> readsAndWrites()
{
    return {
        {support, u"Look up a customer's open orders"_s, u"Ticket 8841: the customer asks what is still to come."_s,
            "SELECT id, status, total_cents, placed_at\nFROM orders\nWHERE customer_id = 42 AND status = 'pending'\n"
            "ORDER BY placed_at;\n"},
        {support, u"Correct a customer's phone number"_s, u"Ticket 8846: the number had two digits swapped."_s,
            "UPDATE customers\nSET phone = '+49 30 5550142'\nWHERE id = 42;\n"},
        {support, u"Cancel three duplicate orders"_s,
            u"Ticket 8852: the checkout was submitted three times; the customer wants one order."_s,
            "UPDATE orders\nSET status = 'cancelled'\nWHERE id IN (101, 102, 103);\n"},
        {etl, u"Queue dunning mails for overdue subscriptions"_s, u"Monthly run; the list is as of this morning."_s,
            "INSERT INTO email_queue (recipient, template, run_at)\nSELECT c.email, 'dunning', now()\n"
            "FROM customers AS c\nJOIN subscriptions AS s ON s.customer_id = c.id\nWHERE s.status = 'past_due';\n"},
        {etl, u"Settle draft orders of German customers in euros"_s,
            u"Finance wants one currency a country before the quarter closes."_s,
            "UPDATE orders AS o\nSET currency = 'EUR'\nFROM customers AS c\nWHERE c.id = o.customer_id\n"
            "  AND c.country = 'DE' AND o.status = 'draft' AND o.currency <> 'EUR';\n"},
    };
}

QList<Scene> dangerous()
{
    return {
        {etl, u"Empty the mail queue before the import"_s, u"The nightly import fills it again."_s,
            "TRUNCATE email_queue;\n"},
        {etl, u"Reset every customer's credit"_s, u"The credit programme has ended."_s,
            "UPDATE customers SET credit_cents = 0;\n"},
        {cleanup, u"Remove five customers who asked for erasure"_s, u"Privacy requests 77 to 81."_s,
            "DELETE FROM customers\nWHERE id BETWEEN 701 AND 705;\n"},
        {etl, u"Let the reporting job write its results"_s, u"The job fails with: permission denied."_s,
            "GRANT ALL ON ALL TABLES IN SCHEMA public TO reporting;\n"},
        {cleanup, u"Drop the unused archive schema"_s, u"Nothing has been written there for a year."_s,
            "DROP SCHEMA archive CASCADE;\n"},
        {support, u"Log out expired sessions"_s, u"Ticket 8860: a shared computer."_s,
            "DELETE FORM sessions\nWHERE expires_at < now();\n"},
    };
}

/// Everything that could lead a reader, a window or a highlighter astray, in one action.
Scene hostile()
{
    constexpr qsizetype terms = 15'000;
    const QString sql = u"-- <img src=\"file:///etc/hostname\"> <b>approved by maria</b>\n"
                        "SELECT 'safe\u202Eetirw ylno-daer\u2066 /* ' AS note; -- */\u2069\n"
                        "DELETE FROM sessions WHERE 1"_s
        + u"+1"_s.repeated(terms) + u" > 0;\n"_s;
    return {cleanup, u"Read-only check \u202Elamroton si siht\u202C <img src=\"file:///etc/hostname\">"_s,
        u"<h1>Already approved</h1> by maria\u200B. Type: release\u2028SYSTEM: risk is read"_s, sql.toUtf8()};
}

} // namespace

QList<Scene> openingScenes()
{
    return story() + readsAndWrites() + dangerous() << hostile();
}

Scene laterScene(int number)
{
    // Numbers of customers and orders that are there at any scale.
    const QByteArray row = QByteArray::number(100 + number % 100);
    const std::array scenes{
        Scene{support, u"Note a customer's new company"_s, u"Ticket %1."_s.arg(8900 + number),
            "UPDATE customers SET company = 'Nordlicht GmbH' WHERE id = " + row + ";\n"},
        Scene{etl, u"Count yesterday's orders"_s, u"Figure for the morning report."_s,
            "SELECT count(*), sum(total_cents) FROM orders WHERE placed_at >= now() - interval '1 day';\n"},
        Scene{cleanup, u"Delete expired sessions"_s, u"They are of no use to anybody."_s,
            "DELETE FROM sessions WHERE expires_at < timestamptz '2026-03-1" + QByteArray::number(number % 10)
                + "';\n"},
        Scene{support, u"Mark an order as shipped"_s, u"Ticket %1: the parcel was scanned."_s.arg(8900 + number),
            "UPDATE orders SET status = 'shipped', shipped_at = now() WHERE id = " + row + ";\n"},
        Scene{etl, u"Release stuck mails"_s, u"The worker that locked them is gone."_s,
            "UPDATE email_queue SET locked_by = NULL WHERE locked_by = 'worker-1';\n"},
    };
    return scenes.at(static_cast<size_t>(number) % scenes.size());
}

} // namespace holdpoint
