// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/assessment/catalogsnapshot.h"

#include <QByteArray>
#include <QProcess>

#include <chrono>
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

/// A worker for programs without an interface: every call waits for its answer, a lost worker is replaced for the
/// next text. Runs no event loop; belongs to one thread.
class BlockingAnalyzer
{
public:
    BlockingAnalyzer(QString program, std::chrono::milliseconds timeout);
    ~BlockingAnalyzer();
    BlockingAnalyzer(const BlockingAnalyzer &) = delete;
    BlockingAnalyzer &operator=(const BlockingAnalyzer &) = delete;

    /// Answers always; cannotBeAnalysed() when the worker cannot.
    Assessment analyse(const QByteArray &sql, const CatalogSnapshot &catalog = {});

private:
    std::expected<Assessment, QString> ask(const QByteArray &sql, const CatalogSnapshot &catalog);
    std::expected<void, QString> startWorker();
    std::expected<void, QString> give(const CatalogSnapshot &catalog);
    std::expected<QByteArray, QString> readLine();
    void dropWorker();

    QString m_program;
    std::chrono::milliseconds m_timeout;
    std::unique_ptr<QProcess> m_process;
    quint64 m_lastId = 0;
    QStringList m_given; ///< ids of the catalogues that the worker holds
};

} // namespace holdpoint
