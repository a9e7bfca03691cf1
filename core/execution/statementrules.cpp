// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/execution/statementrules.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

const QSet<QString> &allowedKinds()
{
    static const QSet<QString> kinds{
        u"SELECT"_s,
        u"INSERT"_s,
        u"UPDATE"_s,
        u"DELETE"_s,
        u"MERGE"_s,
        u"TRUNCATE"_s,
        u"EXPLAIN"_s,
        u"SHOW"_s,
        u"ANALYZE"_s,
        u"LOCK TABLE"_s,
        u"COMMENT"_s,
        u"GRANT"_s,
        u"REVOKE"_s,
        u"DO"_s,
        u"CALL"_s,
        u"REFRESH MATERIALIZED VIEW"_s,
        u"CREATE TABLE"_s,
        u"CREATE TABLE AS"_s,
        u"CREATE VIEW"_s,
        u"CREATE MATERIALIZED VIEW"_s,
        u"CREATE INDEX"_s,
        u"CREATE SCHEMA"_s,
        u"CREATE SEQUENCE"_s,
        u"CREATE TYPE"_s,
        u"CREATE DOMAIN"_s,
        u"CREATE STATISTICS"_s,
        u"CREATE FUNCTION"_s,
        u"CREATE PROCEDURE"_s,
        u"CREATE TRIGGER"_s,
        u"CREATE POLICY"_s,
        u"ALTER TABLE"_s,
        u"ALTER COLUMN"_s,
        u"ALTER VIEW"_s,
        u"ALTER MATERIALIZED VIEW"_s,
        u"ALTER INDEX"_s,
        u"ALTER SCHEMA"_s,
        u"ALTER SEQUENCE"_s,
        u"ALTER TYPE"_s,
        u"ALTER ATTRIBUTE"_s,
        u"ALTER DOMAIN"_s,
        u"ALTER STATISTICS"_s,
        u"ALTER FUNCTION"_s,
        u"ALTER PROCEDURE"_s,
        u"ALTER ROUTINE"_s,
        u"ALTER TRIGGER"_s,
        u"ALTER POLICY"_s,
        u"DROP TABLE"_s,
        u"DROP VIEW"_s,
        u"DROP MATERIALIZED VIEW"_s,
        u"DROP INDEX"_s,
        u"DROP SCHEMA"_s,
        u"DROP SEQUENCE"_s,
        u"DROP TYPE"_s,
        u"DROP DOMAIN"_s,
        u"DROP STATISTICS"_s,
        u"DROP FUNCTION"_s,
        u"DROP PROCEDURE"_s,
        u"DROP ROUTINE"_s,
        u"DROP TRIGGER"_s,
        u"DROP POLICY"_s,
    };
    return kinds;
}

/// Rules of the analyzer that name a way out of the transaction, out of the database or past a guard.
const QSet<QString> &refusedRules()
{
    static const QSet<QString> rules{
        u"unparseable"_s,
        u"cannot-be-analysed"_s,
        u"nul-byte"_s,
        u"transaction-escape"_s,
        u"set-role"_s,
        u"session-reset"_s,
        u"search-path-change"_s,
        u"guard-setting"_s,
        u"set-config"_s,
        u"persistent-setting"_s,
        u"alter-system"_s,
        u"role-change"_s,
        u"copy-program"_s,
        u"copy-server-file"_s,
        u"server-file-function"_s,
        u"server-control-function"_s,
        u"remote-sql"_s,
        u"external-access"_s,
        u"load-library"_s,
        u"replication-object"_s,
        u"untrusted-language"_s,
        u"approval-tamper"_s,
        u"catalog-write"_s,
    };
    return rules;
}

bool touchesMarkers(const Statement &statement, const QByteArray &sql)
{
    // Also in a string or a comment: whoever has to write that name can say why to a person with another way in.
    if (sql.toLower().contains("holdpoint_target"))
        return true;
    return std::ranges::any_of(statement.relations,
        [](const QString &relation) { return relation.startsWith("holdpoint_target."_L1, Qt::CaseInsensitive); });
}

bool isConcurrent(const Statement &statement, const QByteArray &sql)
{
    static const QRegularExpression word(u"\\bconcurrently\\b"_s, QRegularExpression::CaseInsensitiveOption);
    // The one kind that may: REFRESH MATERIALIZED VIEW CONCURRENTLY runs in a transaction.
    return statement.kind != "REFRESH MATERIALIZED VIEW"_L1
        && (statement.kind.endsWith("INDEX"_L1) || statement.kind == "ALTER TABLE"_L1)
        && word.match(QString::fromUtf8(sql)).hasMatch();
}

std::unexpected<Error> refused(const QString &why)
{
    return std::unexpected(Error{Error::Code::Refused, why});
}

} // namespace

QString whyNeverRun(const Statement &statement, const QByteArray &sql, RiskLevel approved)
{
    if (!allowedKinds().contains(statement.kind))
        return u"%1 is not among the statements that the executor runs"_s.arg(statement.kind);
    for (const Finding &finding : statement.findings)
        if (refusedRules().contains(finding.rule))
            return u"the executor never runs this (%1): %2"_s.arg(finding.rule, finding.message);
    if (touchesMarkers(statement, sql))
        return u"holdpoint_target is the executor's own schema"_s;
    if (isConcurrent(statement, sql))
        return u"CONCURRENTLY cannot run in a transaction"_s;
    if ((statement.kind == "DO"_L1 || statement.kind == "CALL"_L1) && approved != RiskLevel::Critical)
        return u"%1 runs only when it was approved as critical"_s.arg(statement.kind);
    return {};
}

std::expected<void, Error> checkParsed(const Assessment &assessment)
{
    if (!assessment.error.isEmpty())
        return refused(u"the SQL cannot be parsed: %1"_s.arg(assessment.error));
    if (assessment.statements.isEmpty())
        return refused(u"there is no statement to run"_s);
    return {};
}

std::expected<QList<QByteArray>, Error> runnableStatements(
    const QByteArray &sql, const Assessment &assessment, RiskLevel approved)
{
    QList<QByteArray> statements;
    qsizetype end = 0;
    for (const Statement &statement : assessment.statements) {
        if (statement.start < end || statement.end <= statement.start || statement.end > sql.size())
            return refused(u"the analyzer's statements do not fit the SQL"_s);
        end = statement.end;
        const QByteArray bytes = sql.sliced(statement.start, statement.end - statement.start);
        if (const QString why = whyNeverRun(statement, bytes, approved); !why.isEmpty())
            return refused(why);
        statements.append(bytes);
    }
    return statements;
}

} // namespace holdpoint
