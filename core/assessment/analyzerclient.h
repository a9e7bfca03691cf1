// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/assessment/catalogsnapshot.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace holdpoint {

/// Runs the worker `holdpoint-analyzer` and answers with its assessments.
///
/// Lives on one thread with an event loop and never blocks it. One worker serves one text at a time; a worker that
/// dies, hangs or answers nonsense is replaced, the text it was given is answered with cannotBeAnalysed(), and the
/// next text is analysed as ever. Every request is answered exactly once, unless this object goes first: in order, but
/// for those of analyseFirst(). A worker is given a catalogue once, before the first text that is to be read with it.
class AnalyzerClient final : public QObject
{
    Q_OBJECT
public:
    /// @param program path of the worker; see analyzerProgram()
    explicit AnalyzerClient(QString program, QObject *parent = nullptr);
    ~AnalyzerClient() override;

    /// How long one text may take before its worker is killed. Default 5 s.
    void setTimeout(std::chrono::milliseconds timeout);

    /// Queues a text, as the bytes that were submitted. Returns the id that finished() will carry.
    /// @param catalog what to read it with; empty: the text alone. The assessment says which one it was.
    quint64 analyse(const QByteArray &sql, const CatalogSnapshot &catalog = {});

    /// Queues a text ahead of all that wait, for a person who is looking at it. The text that the worker is at is
    /// finished first. Among several of these, the last one goes first.
    quint64 analyseFirst(const QByteArray &sql, const CatalogSnapshot &catalog = {});

    /// The worker's process id, 0 while none runs. For diagnosis and tests.
    qint64 workerPid() const;

Q_SIGNALS:
    void finished(quint64 id, const holdpoint::Assessment &assessment);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// The worker beside the running program, or on PATH: where an installation or a build puts it.
QString analyzerProgram();

/// For programs without an interface: analyses one text and waits for the answer. Never call it on a thread that
/// serves a window.
Assessment analyseAndWait(const QString &program, const QByteArray &sql, std::chrono::milliseconds timeout,
    const CatalogSnapshot &catalog = {});

} // namespace holdpoint
