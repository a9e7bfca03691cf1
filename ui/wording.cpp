// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/wording.h"

#include "ui/review/safetext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

/// The context that lupdate files these texts under.
struct Wording
{
    Q_DECLARE_TR_FUNCTIONS(holdpoint::Wording)
};

} // namespace

QString numberText(qint64 number)
{
    return QLocale().toString(number);
}

QString rowsText(qint64 rows)
{
    return rows == 1 ? Wording::tr("1 row") : Wording::tr("%1 rows").arg(numberText(rows));
}

QString ageText(const QDateTime &then, const QDateTime &now)
{
    if (!then.isValid())
        return Wording::tr("never");
    const qint64 seconds = std::max<qint64>(0, then.secsTo(now));
    if (seconds < 10)
        return Wording::tr("just now");
    if (seconds < 60)
        return Wording::tr("%1 s").arg(seconds);
    if (seconds < 60 * 60)
        return Wording::tr("%1 min").arg(seconds / 60);
    if (seconds < 48 * 60 * 60)
        return Wording::tr("%1 h").arg(seconds / (60 * 60));
    return Wording::tr("%1 d").arg(seconds / (24 * 60 * 60));
}

QString agoText(const QDateTime &then, const QDateTime &now)
{
    const QString age = ageText(then, now);
    const bool isPhrase = !then.isValid() || then.secsTo(now) < 10;
    return isPhrase ? age : Wording::tr("%1 ago").arg(age);
}

QString momentText(const QDateTime &moment)
{
    return moment.isValid() ? moment.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s) : u"–"_s;
}

QString clockText(const QDateTime &moment)
{
    return moment.isValid() ? moment.toLocalTime().toString(u"HH:mm:ss"_s) : u"–"_s;
}

QString catalogText(const CatalogState &catalog, const QDateTime &now)
{
    if (!catalog.settled)
        return Wording::tr("from the text alone so far: the replica is being asked for its catalogue…");
    const QString why = safeLine(catalog.unavailable, 160);
    if (catalog.source.isEmpty())
        return Wording::tr("from the text alone: %1; what only the catalogue can tell is not known").arg(why);
    const QString with = Wording::tr("with the catalogue of %1, read %2")
                             .arg(safeLine(catalog.source, 60), agoText(catalog.takenAt, now));
    return why.isEmpty() ? with : Wording::tr("%1; it could not be read again: %2").arg(with, why);
}

QString millisecondsText(double milliseconds)
{
    return Wording::tr("%1 ms").arg(QLocale().toString(milliseconds, 'f', milliseconds < 10 ? 1 : 0));
}

QString lagText(const std::optional<double> &seconds)
{
    if (!seconds)
        return Wording::tr("replica lag unknown");
    return Wording::tr("replica %1 s behind").arg(QLocale().toString(*seconds, 'f', 1));
}

QString figureText(const Figure &figure, bool estimate)
{
    if (!figure.rows)
        return Wording::tr("unknown");
    const QString number = numberText(*figure.rows);
    if (figure.atLeast)
        return Wording::tr("more than %1").arg(number);
    return estimate ? u"≈ "_s + number : number;
}

QString shareText(qint64 part, qint64 whole)
{
    if (whole <= 0)
        return {};
    const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    if (part > 0 && percent < 1)
        return Wording::tr("less than 1 %");
    // 99.6 % must not read as everything.
    const double shown = part < whole ? std::min(percent, 99.0) : percent;
    return Wording::tr("%1 %").arg(QLocale().toString(shown, 'f', 0));
}

QString sentence(const QString &text)
{
    const QString trimmed = text.trimmed();
    return trimmed.isEmpty() || u".!?…"_s.contains(trimmed.back()) ? trimmed : trimmed + u'.';
}

QString levelText(RiskLevel level)
{
    switch (level) {
    case RiskLevel::Read:
        return Wording::tr("read");
    case RiskLevel::Write:
        return Wording::tr("write");
    case RiskLevel::Destructive:
        return Wording::tr("destructive");
    case RiskLevel::Critical:
        break;
    }
    return Wording::tr("critical");
}

QString summaryOf(const Assessment &assessment)
{
    const Statement *gravest = assessment.gravest();
    if (!gravest)
        return Wording::tr("no statement");
    if (gravest->kind == "UNPARSEABLE"_L1)
        return Wording::tr("Text that cannot be read as SQL");
    QString table = gravest->effects.isEmpty() ? QString() : gravest->effects.constFirst().table;
    if (table == "unknown"_L1)
        table.clear();
    if (table.isEmpty() && !gravest->relations.isEmpty())
        table = gravest->relations.constFirst();
    if (table.startsWith(u"public."_s))
        table = table.sliced(7);
    QString summary = safeLine(table.isEmpty() ? gravest->kind : gravest->kind + u' ' + table);
    if (assessment.statements.size() > 1)
        summary += Wording::tr("  + %1 more").arg(numberText(assessment.statements.size() - 1));
    return summary;
}

} // namespace holdpoint
