// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/assessment/catalogsnapshot.h"
#include "core/assessment/plainrequest.h"

#include <QByteArray>
#include <QProcess>

#include <chrono>
#include <deque>
#include <expected>
#include <memory>

namespace holdpoint {

/// The longest answer that is believed, in bytes. A worker that writes more has gone mad.
constexpr qsizetype longestAnalyzerAnswer = qsizetype(256) << 20;

/// How many catalogues one worker holds. For one more, a new worker is started.
constexpr qsizetype catalogsOfAWorker = 4;

/// One line to the worker: the text as base64, so that any bytes arrive as they are.
/// @param catalog id of a catalogue that the worker was given; empty: the text alone
QByteArray analyzerRequest(quint64 id, const QByteArray &sql, const QString &catalog = {});

/// Reads one line of the worker. Not JSON, not the id or the catalogue that was asked, not an assessment: an error in
/// words.
std::expected<Assessment, QString> analyzerAnswer(const QByteArray &line, quint64 id, const QString &catalog = {});

/// One line that gives the worker a catalogue.
QByteArray analyzerCatalog(const CatalogSnapshot &catalog);

/// Reads the worker's answer to that. An error unless it took this one.
std::expected<void, QString> analyzerTookCatalog(const QByteArray &line, const QString &catalog);

/// A worker for programs without an interface: whoever asks waits for the answer. A lost worker costs the text that it
/// was at; those that were sent after it go to a new one. Runs no event loop; belongs to one thread.
class BlockingAnalyzer
{
public:
    BlockingAnalyzer(QString program, std::chrono::milliseconds timeout);
    ~BlockingAnalyzer();
    BlockingAnalyzer(const BlockingAnalyzer &) = delete;
    BlockingAnalyzer &operator=(const BlockingAnalyzer &) = delete;

    /// Answers always; cannotBeAnalysed() when the worker cannot.
    Assessment analyse(const QByteArray &sql, const CatalogSnapshot &catalog = {});

    /// The same in two steps, so that the worker is busy meanwhile: send() does not wait, receive() answers the oldest
    /// text that was sent. The time-out counts from the call of receive(), when the text is the oldest.
    void send(const QByteArray &sql, const CatalogSnapshot &catalog = {});
    /// The same for a text that is a JSON string still, with its quotes, and is passed on as it is.
    void sendJson(const PlainRequest &request, const CatalogSnapshot &catalog = {});
    Assessment receive();
    /// The same as the line that toJsonLine() would make of it. What the worker wrote is passed on without being read:
    /// for printing, never for a decision.
    QByteArray receiveLine(QByteArrayView id);
    /// Whether receive() has something to read already.
    bool hasAnswer() const { return m_process && m_process->canReadLine(); }

private:
    struct Request
    {
        quint64 id = 0;
        QByteArray sql;
        bool isJson = false; ///< the text is a JSON string
        CatalogSnapshot catalog;
        bool isWritten = false;
        bool gives = false; ///< its catalogue was written before it, and is confirmed before its answer
    };

    static qsizetype bytesOf(const Request &request);
    void enqueue(Request request);
    void write(Request &request);
    void writeGathered();
    std::expected<QByteArray, QString> oldestLine();
    std::expected<void, QString> startWorker();
    std::expected<QByteArray, QString> readLine();
    void dropWorker();

    QString m_program;
    std::chrono::milliseconds m_timeout;
    std::unique_ptr<QProcess> m_process;
    QByteArray m_gathered; ///< for the worker: a line by itself costs a call of the system
    std::deque<Request> m_sent; ///< those without an answer, the oldest first
    quint64 m_lastId = 0;
    QStringList m_given; ///< ids of the catalogues that the worker holds
};

} // namespace holdpoint
