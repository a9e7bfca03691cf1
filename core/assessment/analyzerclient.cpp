// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/analyzerclient.h"

#include "core/assessment/analyzerwire.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPointer>
#include <QProcess>
#include <QQueue>
#include <QStandardPaths>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr int reapingTime = 1000; ///< milliseconds
constexpr std::chrono::seconds catalogTimeout{30}; ///< to read a large one

struct Request
{
    quint64 id = 0;
    QByteArray sql;
    CatalogSnapshot catalog;
};

QString secondsText(std::chrono::milliseconds time)
{
    return QString::number(static_cast<double>(time.count()) / 1000.0);
}
} // namespace

class AnalyzerClient::Private : public QObject
{
    Q_OBJECT
public:
    Private(AnalyzerClient *client, QString worker)
        : q(client)
        , program(std::move(worker))
    {
        timer.setSingleShot(true);
        connect(&timer, &QTimer::timeout, this, [this] {
            answer(cannotBeAnalysed(
                current.sql.size(), u"the analyzer gave no answer within %1 s"_s.arg(secondsText(timeout))));
            dropWorker();
            next();
        });
    }

    ~Private() override
    {
        if (!process)
            return;
        // There may be no event loop any more that could reap it. Nothing outlives this signal for long.
        process->disconnect(this);
        process->kill();
        process->waitForFinished(reapingTime);
    }

    /// Hands the next text to the worker, if none is being served.
    void next()
    {
        if (busy || queue.isEmpty())
            return;
        busy = true;
        current = queue.dequeue();
        received.clear();
        const QString &catalog = current.catalog.id;
        const bool isNew = !catalog.isEmpty() && !given.contains(catalog);
        if (isNew && given.size() >= catalogsOfAWorker)
            dropWorker();
        if (!process)
            startWorker();
        giving = isNew ? catalog : QString();
        timer.start(isNew ? std::max<std::chrono::milliseconds>(timeout, catalogTimeout) : timeout);
        if ((isNew && process->write(analyzerCatalog(current.catalog)) < 0)
            || process->write(analyzerRequest(current.id, current.sql, catalog)) < 0)
            workerLost(u"the analyzer takes no more text"_s);
    }

    /// Never from inside the call: whoever asks must know the id before the answer comes.
    void nextSoon() { QMetaObject::invokeMethod(this, &Private::next, Qt::QueuedConnection); }

    AnalyzerClient *q;
    QString program;
    std::chrono::milliseconds timeout = std::chrono::seconds(5);
    QQueue<Request> queue;
    quint64 lastId = 0;
    QProcess *process = nullptr;

private:
    void startWorker()
    {
        process = new QProcess(this);
        process->setProcessChannelMode(QProcess::SeparateChannels);
        process->setStandardErrorFile(QProcess::nullDevice());
        connect(process, &QProcess::readyReadStandardOutput, this, &Private::read);
        connect(process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            workerLost(error == QProcess::FailedToStart ? u"the analyzer \"%1\" cannot be started"_s.arg(program)
                                                        : u"the analyzer died on it"_s);
        });
        connect(process, &QProcess::finished, this, [this] { workerLost(u"the analyzer died on it"_s); });
        process->start(program, {});
    }

    void read()
    {
        received += process->readAllStandardOutput();
        if (!giving.isEmpty() && received.contains('\n') && !takeCatalog())
            return;
        if (!busy)
            return workerLost({});
        if (received.size() > longestAnalyzerAnswer)
            return workerLost(u"the analyzer's answer is too long"_s);
        const qsizetype end = received.indexOf('\n');
        if (end < 0)
            return;
        if (end != received.size() - 1)
            return workerLost(u"the analyzer answered more than it was asked"_s);
        const auto result = analyzerAnswer(received, current.id, current.catalog.id);
        if (!result)
            return workerLost(result.error());
        answer(*result);
        next();
    }

    /// Reads the worker's word that it has the catalogue; the answer to the text comes after it.
    bool takeCatalog()
    {
        const qsizetype end = received.indexOf('\n') + 1;
        if (const auto taken = analyzerTookCatalog(received.first(end), giving); !taken) {
            workerLost(taken.error());
            return false;
        }
        given.append(std::exchange(giving, {}));
        received.remove(0, end);
        timer.start(timeout);
        return true;
    }

    /// The worker is of no more use. The text it was serving, if any, is answered with @p why.
    void workerLost(const QString &why)
    {
        dropWorker();
        if (busy)
            answer(cannotBeAnalysed(current.sql.size(), why));
        nextSoon();
    }

    void answer(const Assessment &assessment)
    {
        timer.stop();
        busy = false;
        const QPointer<Private> alive(this);
        Q_EMIT q->finished(current.id, assessment);
        if (alive)
            received.clear();
    }

    void dropWorker()
    {
        if (!process)
            return;
        QProcess *old = std::exchange(process, nullptr);
        given.clear();
        giving.clear();
        old->disconnect(this);
        old->setParent(nullptr);
        // A worker that hangs must not make its owner wait: it is killed, and the object goes when it is reaped.
        connect(old, &QProcess::finished, old, &QObject::deleteLater);
        old->kill();
        if (old->state() == QProcess::NotRunning)
            old->deleteLater();
    }

    QTimer timer;
    Request current;
    QByteArray received;
    QStringList given; ///< ids of the catalogues that the worker holds
    QString giving; ///< id of the one whose taking it has still to confirm
    bool busy = false;
};

AnalyzerClient::AnalyzerClient(QString program, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(program)))
{
}

AnalyzerClient::~AnalyzerClient() = default;

void AnalyzerClient::setTimeout(std::chrono::milliseconds timeout)
{
    d->timeout = timeout;
}

quint64 AnalyzerClient::analyse(const QByteArray &sql, const CatalogSnapshot &catalog)
{
    d->queue.enqueue({++d->lastId, sql, catalog});
    d->nextSoon();
    return d->lastId;
}

quint64 AnalyzerClient::analyseFirst(const QByteArray &sql, const CatalogSnapshot &catalog)
{
    d->queue.prepend({++d->lastId, sql, catalog});
    d->nextSoon();
    return d->lastId;
}

qint64 AnalyzerClient::workerPid() const
{
    return d->process ? d->process->processId() : 0;
}

QString analyzerProgram()
{
    const QString name = u"holdpoint-analyzer"_s;
    const QString beside = QCoreApplication::applicationDirPath() + u'/' + name;
    if (QFileInfo(beside).isExecutable())
        return beside;
    const QString onPath = QStandardPaths::findExecutable(name);
    return onPath.isEmpty() ? beside : onPath;
}

Assessment analyseAndWait(
    const QString &program, const QByteArray &sql, std::chrono::milliseconds timeout, const CatalogSnapshot &catalog)
{
    BlockingAnalyzer analyzer(program, timeout);
    return analyzer.analyse(sql, catalog);
}

} // namespace holdpoint

#include "analyzerclient.moc"
