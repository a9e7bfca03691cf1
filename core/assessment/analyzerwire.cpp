// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/analyzerwire.h"

#include <QDeadlineTimer>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

QByteArray catalogMember(const QString &catalog)
{
    return catalog.isEmpty() ? QByteArray() : ",\"catalog\":\"" + catalog.toLatin1() + '"';
}

} // namespace

QByteArray analyzerRequest(quint64 id, const QByteArray &sql, const QString &catalog)
{
    const QByteArray with = catalogMember(catalog);
    return "{\"id\":" + QByteArray::number(id) + with + ",\"sql_base64\":\"" + sql.toBase64() + "\"}\n";
}

QByteArray analyzerCatalog(const CatalogSnapshot &catalog)
{
    return "{\"catalog\":\"" + catalog.id.toLatin1() + "\",\"snapshot\":" + catalog.json + "}\n";
}

std::expected<void, QString> analyzerTookCatalog(const QByteArray &line, const QString &catalog)
{
    const QJsonObject json = QJsonDocument::fromJson(line).object();
    if (json.value(u"catalog"_s).toString() != catalog || !json.contains(u"error"_s))
        return std::unexpected(u"the analyzer answered something else than that it has the catalogue"_s);
    if (const QJsonValue error = json.value(u"error"_s); !error.isNull())
        return std::unexpected(u"the analyzer does not take the catalogue: "_s + error.toString());
    return {};
}

std::expected<Assessment, QString> analyzerAnswer(const QByteArray &line, quint64 id, const QString &catalog)
{
    QJsonParseError problem;
    const QJsonObject json = QJsonDocument::fromJson(line, &problem).object();
    if (problem.error != QJsonParseError::NoError)
        return std::unexpected(u"the analyzer's answer is no JSON"_s);
    if (json.value(u"id"_s).toInteger(-1) != static_cast<qint64>(id))
        return std::unexpected(u"the analyzer answered something else"_s);
    const auto assessment = assessmentFromJson(json);
    if (!assessment)
        return std::unexpected(u"the analyzer's answer makes no sense: "_s + assessment.error());
    if (assessment->catalog != catalog)
        return std::unexpected(u"the analyzer looked into another catalogue"_s);
    return *assessment;
}

BlockingAnalyzer::BlockingAnalyzer(QString program, std::chrono::milliseconds timeout)
    : m_program(std::move(program))
    , m_timeout(timeout)
{
}

BlockingAnalyzer::~BlockingAnalyzer()
{
    dropWorker();
}

namespace {

/// The worker's line under another id, if it is the answer that was asked for; its middle is not read.
std::optional<QByteArray> relabelled(const QByteArray &line, quint64 asked, const QString &catalog, QByteArrayView id)
{
    const QByteArray head = catalog.isEmpty() ? QByteArray("{\"catalog\":null,\"error\":null,\"id\":")
                                              : "{\"catalog\":\"" + catalog.toUtf8() + "\",\"error\":null,\"id\":";
    const QByteArray prefix = head + QByteArray::number(asked);
    if (!line.startsWith(prefix + ",\"level\":\"") || !line.endsWith("]}\n"))
        return std::nullopt;
    QByteArray passed = head;
    passed.append(id).append(QByteArrayView(line).sliced(prefix.size()).chopped(1));
    return passed;
}

} // namespace

void BlockingAnalyzer::dropWorker()
{
    if (!m_process)
        return;
    // The end of its input ends a worker that is well; one that hangs is killed.
    m_process->closeWriteChannel();
    constexpr int patience = 300; // ms
    if (m_process->state() != QProcess::NotRunning && !m_process->waitForFinished(patience)) {
        m_process->kill();
        m_process->waitForFinished(-1);
    }
    m_process.reset();
    m_given.clear();
    m_gathered.clear();
}

Assessment BlockingAnalyzer::analyse(const QByteArray &sql, const CatalogSnapshot &catalog)
{
    send(sql, catalog);
    return receive();
}

void BlockingAnalyzer::send(const QByteArray &sql, const CatalogSnapshot &catalog)
{
    enqueue({.id = ++m_lastId, .sql = sql, .catalog = catalog});
}

void BlockingAnalyzer::sendJson(const PlainRequest &request, const CatalogSnapshot &catalog)
{
    enqueue({.id = ++m_lastId, .sql = request.sql.toByteArray(), .isJson = true, .catalog = catalog});
}

void BlockingAnalyzer::enqueue(Request request)
{
    const bool isNext = m_sent.empty() || m_sent.back().isWritten;
    m_sent.push_back(std::move(request));
    if (isNext && m_process && m_process->state() == QProcess::Running)
        write(m_sent.back());
}

qsizetype BlockingAnalyzer::bytesOf(const Request &request)
{
    return request.isJson ? textOf(PlainRequest{.id = {}, .sql = request.sql}).size() : request.sql.size();
}

/// Not if its catalogue is one too many for the worker: then it waits for a new one.
void BlockingAnalyzer::write(Request &request)
{
    const QString &catalog = request.catalog.id;
    request.gives = !catalog.isEmpty() && !m_given.contains(catalog);
    if (request.gives && m_given.size() >= catalogsOfAWorker)
        return;
    if (request.gives) {
        m_gathered += analyzerCatalog(request.catalog);
        m_given.append(catalog);
    }
    if (request.isJson)
        m_gathered +=
            "{\"id\":" + QByteArray::number(request.id) + catalogMember(catalog) + ",\"sql\":" + request.sql + "}\n";
    else
        m_gathered += analyzerRequest(request.id, request.sql, catalog);
    request.isWritten = true;
    constexpr qsizetype worthACall = qsizetype(4) << 10;
    if (m_gathered.size() >= worthACall)
        writeGathered();
}

void BlockingAnalyzer::writeGathered()
{
    if (!m_gathered.isEmpty())
        m_process->write(std::exchange(m_gathered, {}));
}

QByteArray BlockingAnalyzer::receiveLine(QByteArrayView id)
{
    const auto line = oldestLine();
    const Request request = std::move(m_sent.front());
    m_sent.pop_front();
    if (line)
        if (const auto passed = relabelled(*line, request.id, request.catalog.id, id))
            return *passed;
    const auto answer =
        line.and_then([&](const QByteArray &text) { return analyzerAnswer(text, request.id, request.catalog.id); });
    if (!answer)
        dropWorker();
    return toJsonLine(answer ? *answer : cannotBeAnalysed(bytesOf(request), answer.error()), id);
}

Assessment BlockingAnalyzer::receive()
{
    const auto answer = oldestLine().and_then(
        [&](const QByteArray &line) { return analyzerAnswer(line, m_sent.front().id, m_sent.front().catalog.id); });
    const Request request = std::move(m_sent.front());
    m_sent.pop_front();
    if (answer)
        return *answer;
    dropWorker();
    return cannotBeAnalysed(bytesOf(request), answer.error());
}

std::expected<QByteArray, QString> BlockingAnalyzer::oldestLine()
{
    if (const auto started = startWorker(); !started)
        return std::unexpected(started.error());
    writeGathered();
    const Request &oldest = m_sent.front();
    if (oldest.gives) {
        const auto taken =
            readLine().and_then([&](const QByteArray &line) { return analyzerTookCatalog(line, oldest.catalog.id); });
        if (!taken)
            return std::unexpected(taken.error());
    }
    return readLine();
}

/// Unless one runs that has the oldest text: a worker that is gone may still have answered what it was sent.
std::expected<void, QString> BlockingAnalyzer::startWorker()
{
    if (m_process && m_sent.front().isWritten
        && (m_process->state() == QProcess::Running || m_process->bytesAvailable() > 0))
        return {};
    dropWorker();
    m_process = std::make_unique<QProcess>();
    m_process->setStandardErrorFile(QProcess::nullDevice());
    m_process->start(m_program, {});
    if (!m_process->waitForStarted(static_cast<int>(m_timeout.count())))
        return std::unexpected(u"the analyzer \"%1\" cannot be started"_s.arg(m_program));
    for (Request &request : m_sent) {
        request.isWritten = false;
        write(request);
        if (!request.isWritten)
            break;
    }
    return {};
}

std::expected<QByteArray, QString> BlockingAnalyzer::readLine()
{
    const QDeadlineTimer deadline(m_timeout);
    QByteArray line;
    while (!line.endsWith('\n')) {
        if (!m_process->canReadLine() && m_process->bytesAvailable() == 0
            && !m_process->waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            return std::unexpected(deadline.hasExpired()
                    ? u"the analyzer gave no answer within %1 s"_s.arg(static_cast<double>(m_timeout.count()) / 1000.0)
                    : u"the analyzer died on it"_s);
        line += m_process->readLine();
        if (line.size() > longestAnalyzerAnswer)
            return std::unexpected(u"the analyzer's answer is too long"_s);
    }
    return line;
}

} // namespace holdpoint
