// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/analyzebatch.h"

#include "app/ctl/terminal.h"
#include "core/assessment/analyzerclient.h"
#include "core/assessment/analyzerwire.h"
#include "core/assessment/linereader.h"
#include "core/assessment/plainrequest.h"
#include "core/assessment/requestid.h"

#include <QJsonDocument>
#include <QThread>

#include <algorithm>
#include <memory>
#include <vector>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qsizetype longestLine = qsizetype(64) << 20;

// How much the worker is given ahead: enough that neither waits for the other.
constexpr std::size_t mostAhead = 512;
// Workers take turns by so many texts: a short batch needs one alone.
constexpr std::size_t turn = 64;
constexpr int mostWorkers = 4;
constexpr qsizetype mostBytesAhead = qsizetype(4) << 20;

/// The bytes that a request asks about: as text, or as base64 where they are no text.
std::expected<QByteArray, QString> textOf(const QJsonObject &request)
{
    if (const QJsonValue sql = request.value(u"sql"_s); sql.isString())
        return sql.toString().toUtf8();
    const QJsonValue encoded = request.value(u"sql_base64"_s);
    const auto decoded = QByteArray::fromBase64Encoding(
        encoded.toString().toLatin1(), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!encoded.isString() || !decoded)
        return std::unexpected(u"the line has no \"sql\" text"_s);
    return *decoded;
}

/// The lines of one batch: handed to the worker ahead of their answers, which are printed in the lines' order.
class Batch
{
public:
    explicit Batch(const AnalysisCatalog &catalog)
        : m_catalog(catalog)
    {
        for (int worker = 0; worker < std::clamp(QThread::idealThreadCount(), 1, mostWorkers); ++worker)
            m_analyzers.push_back(std::make_unique<BlockingAnalyzer>(analyzerProgram(), analysisTimeout));
    }

    int run()
    {
        for (;;) {
            const bool ahead = m_waiting.size() >= mostAhead || m_bytesAhead >= mostBytesAhead;
            const bool pause = ahead || m_input.wouldWait();
            if (pause && !m_waiting.empty()) {
                printOldest();
                continue;
            }
            if (pause)
                flushLines();
            const auto line = m_input.next();
            ++m_line;
            if (!line)
                break;
            if (!line->trimmed().isEmpty())
                accept(*line);
        }
        while (!m_waiting.empty())
            printOldest();
        flushLines();
        if (m_input.isTooLong())
            return fail({Error::Code::Invalid, u"line %1 is longer than 64 MiB"_s.arg(m_line), u"split the text"_s});
        return m_catalog.statusFor(m_allGood ? ExitStatus::Done : ExitStatus::Error);
    }

private:
    /// What a line will be answered with: what the worker says of its text, or why it has none.
    struct Waiting
    {
        BlockingAnalyzer *analyzer = nullptr; ///< who has its text; null for one without
        QByteArray id;
        qsizetype bytes = 0;
        QByteArray complaint;
    };

    void accept(const QByteArray &line)
    {
        if (const auto plain = plainRequest(line)) {
            const qsizetype bytes = plain->sql.size();
            BlockingAnalyzer *analyzer = nextAnalyzer();
            analyzer->sendJson(*plain, m_catalog.snapshot);
            return wait({analyzer, plain->id.toByteArray(), bytes, {}});
        }
        QJsonParseError problem;
        const QJsonObject request = QJsonDocument::fromJson(line, &problem).object();
        if (problem.error != QJsonParseError::NoError || !line.trimmed().startsWith('{'))
            return complain(u"the line is no JSON object"_s);
        const auto sql = textOf(request);
        if (!sql)
            return complain(sql.error());
        BlockingAnalyzer *analyzer = nextAnalyzer();
        analyzer->send(*sql, m_catalog.snapshot);
        wait({analyzer, requestId(line, request), sql->size(), {}});
    }

    BlockingAnalyzer *nextAnalyzer() { return m_analyzers[m_texts++ / turn % m_analyzers.size()].get(); }

    void wait(Waiting waiting)
    {
        m_bytesAhead += waiting.bytes;
        m_waiting.push_back(std::move(waiting));
    }

    void complain(const QString &what)
    {
        m_allGood = false;
        const QJsonObject complaint{{u"id"_s, QJsonValue()}, {u"error"_s, what}, {u"line"_s, m_line}};
        m_waiting.push_back({nullptr, {}, 0, QJsonDocument(complaint).toJson(QJsonDocument::Compact)});
    }

    void printOldest()
    {
        const Waiting oldest = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_bytesAhead -= oldest.bytes;
        if (!oldest.analyzer)
            return bufferJsonLine(oldest.complaint);
        if (!oldest.analyzer->hasAnswer())
            flushLines();
        bufferJsonLine(m_catalog.marked(oldest.analyzer->receiveLine(oldest.id)));
    }

    const AnalysisCatalog &m_catalog;
    LineReader m_input{STDIN_FILENO, longestLine};
    std::vector<std::unique_ptr<BlockingAnalyzer>> m_analyzers; ///< each answers in the order that it was asked
    std::size_t m_texts = 0;
    std::deque<Waiting> m_waiting;
    qsizetype m_bytesAhead = 0;
    qint64 m_line = 0;
    bool m_allGood = true;
};

} // namespace

int analyseBatch(const AnalysisCatalog &catalog)
{
    return Batch(catalog).run();
}

} // namespace holdpoint
