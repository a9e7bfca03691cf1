// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis.h"
#include "core/assessment/analyzerclient.h"
#include "core/assessment/analyzerwire.h"
#include "tests/bench/measure.h"
#include "tests/bench/parserparse.h"
#include "tests/bench/texts.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QThread>

#include <array>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace holdpoint::bench {

namespace {

constexpr int rounds = 5;
constexpr auto patience = std::chrono::seconds(60); ///< of the clients: slow is a figure, not a failure

/// The ways to go through a set of texts; the first is what the others are held against.
enum Way { LibpgQuery, InProcess, OneByOne, Batch, WayCount };
constexpr std::array<const char *, WayCount> wayNames{"libpg_query", "in process", "one by one", "--batch"};

/// One set, and the seconds that each way took in each round.
struct Measured
{
    TextSet set;
    std::array<Samples, WayCount> seconds;

    double perSecond(int way) const { return static_cast<double>(set.texts.size()) / seconds[way].median(); }
    double ratio(int way) const { return seconds[way].median() / seconds[LibpgQuery].median(); }
};

QString writeBatch(const QTemporaryDir &folder, const TextSet &set)
{
    QFile file(folder.filePath(set.name));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s cannot be written", qPrintable(file.fileName()));
    for (const QByteArray &text : set.texts)
        file.write(
            QJsonDocument(QJsonObject{{u"id"_s, 1}, {u"sql"_s, QString::fromUtf8(text)}}).toJson(QJsonDocument::Compact)
            + '\n');
    return file.fileName();
}

/// From the start of the program to its end, on files: nothing here runs meanwhile.
void runBatch(const QString &input, qsizetype expected)
{
    const QString output = input + u".out"_s;
    QProcess process;
    process.setStandardInputFile(input);
    process.setStandardOutputFile(output);
    process.start(QCoreApplication::applicationDirPath() + u"/holdpointctl"_s, {u"analyze"_s, u"--batch"_s});
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        qFatal("holdpointctl analyze --batch failed");
    QFile answers(output);
    if (!answers.open(QIODevice::ReadOnly) || answers.readAll().count('\n') != expected)
        qFatal("holdpointctl analyze --batch lost a line");
}

void measureRound(Measured &measured, const QString &batch, BlockingAnalyzer &worker)
{
    const QList<QByteArray> &texts = measured.set.texts;
    const auto each = [&](Way way, const auto &work) {
        measured.seconds[way].add(secondsOf([&] {
            for (const QByteArray &text : texts)
                work(text);
        }));
    };
    each(LibpgQuery, parseWithLibpgQuery);
    each(InProcess, [](const QByteArray &text) { analyse(text); });
    each(OneByOne, [&](const QByteArray &text) { worker.analyse(text); });
    const double seconds = secondsOf([&] { runBatch(batch, texts.size()); });
    measured.seconds[Batch].add(seconds);
}

std::vector<Measured> measureSets(std::vector<TextSet> sets)
{
    const QTemporaryDir folder;
    BlockingAnalyzer worker(analyzerProgram(), patience);
    std::vector<Measured> all;
    std::vector<QString> batches;
    for (TextSet &set : sets) {
        batches.push_back(writeBatch(folder, set));
        all.push_back({std::move(set), {}});
    }
    // Side by side in each round, so that a busy moment of the machine hits all of them.
    for (int round = 0; round < rounds; ++round)
        for (std::size_t index = 0; index < all.size(); ++index)
            measureRound(all[index], batches[index], worker);
    return all;
}

/// The median round trip of one text through a worker that runs already, in microseconds.
double roundTrip(const TextSet &set)
{
    BlockingAnalyzer worker(analyzerProgram(), patience);
    Samples samples;
    for (const QByteArray &text : set.texts.first(1000))
        samples.add(secondsOf([&] { worker.analyse(text); }) * 1e6);
    return samples.median();
}

struct ScriptFigures
{
    double parse = 0; ///< seconds
    double assess = 0; ///< seconds, through the worker
    qint64 peak = 0; ///< KiB of memory that the worker had at most
};

qint64 peakMemory(qint64 pid)
{
    QFile status(u"/proc/%1/status"_s.arg(pid));
    if (status.open(QIODevice::ReadOnly))
        for (const QByteArray &line : status.readAll().split('\n'))
            if (line.startsWith("VmHWM:"))
                return line.sliced(6).chopped(2).trimmed().toLongLong();
    return 0;
}

ScriptFigures measureScript(const QByteArray &script)
{
    AnalyzerClient client(analyzerProgram());
    client.setTimeout(patience);
    QEventLoop loop;
    ScriptFigures figures;
    QObject::connect(&client, &AnalyzerClient::finished, &loop, [&](quint64, const Assessment &) {
        figures.peak = peakMemory(client.workerPid());
        loop.quit();
    });
    Samples parse, assess;
    for (int round = 0; round < rounds; ++round) {
        parse.add(secondsOf([&] { parseWithLibpgQuery(script); }));
        assess.add(secondsOf([&] {
            client.analyse(script);
            loop.exec();
        }));
    }
    figures.parse = parse.median();
    figures.assess = assess.median();
    return figures;
}

QJsonObject print(const std::vector<Measured> &all)
{
    QJsonObject json;
    std::printf("%-12s %7s %6s", "texts", "count", "bytes");
    for (const char *name : wayNames)
        std::printf(" %12s/s", name);
    std::printf("   cost, libpg_query's own = 1\n");
    for (const Measured &measured : all) {
        const auto count = measured.set.texts.size();
        QJsonObject figures{{u"count"_s, count}, {u"bytes"_s, measured.set.bytes() / count}};
        std::printf("%-12s %7lld %6lld", qPrintable(measured.set.name), static_cast<long long>(count),
            static_cast<long long>(measured.set.bytes() / count));
        for (int way = LibpgQuery; way < WayCount; ++way)
            std::printf(" %14.0f", measured.perSecond(way));
        for (int way = InProcess; way < WayCount; ++way)
            std::printf("   %s %.2f", wayNames[way], measured.ratio(way));
        std::printf("\n");
        for (int way = LibpgQuery; way < WayCount; ++way)
            figures[QString::fromLatin1(wayNames[way])] =
                QJsonObject{{u"per_second"_s, std::round(measured.perSecond(way))},
                    {u"ratio"_s, std::round(measured.ratio(way) * 100) / 100}};
        json[measured.set.name] = figures;
    }
    return json;
}

void run()
{
    const QString statements = QStringLiteral(STATEMENTS);
    const QByteArray script = longScript(20'000, 1'000'000);
    const TextSet medium = generatedTexts(statements, 200, 20000);
    const std::vector<Measured> all = measureSets({corpusTexts(QStringLiteral(CORPUS), 20000),
        generatedTexts(statements, 36, 40000), medium, generatedTexts(statements, 1000, 8000)});
    QJsonObject json = print(all);
    const double trip = roundTrip(medium);
    std::printf("one statement of 200 bytes through the worker: %.0f µs (median)\n", trip);
    const ScriptFigures large = measureScript(script);
    std::printf("a script of 20,000 statements, %lld bytes: %.3f s; libpg_query's own parse %.3f s\n",
        static_cast<long long>(script.size()), large.assess, large.parse);
    std::printf("the worker's peak memory over it: %.1f MiB\n", static_cast<double>(large.peak) / 1024);
    json[u"round_trip_us"_s] = std::round(trip);
    json[u"script_seconds"_s] = large.assess;
    json[u"script_parse_seconds"_s] = large.parse;
    json[u"worker_peak_kib"_s] = large.peak;
    std::printf("%s\n", QJsonDocument(json).toJson(QJsonDocument::Compact).constData());
}

} // namespace

} // namespace holdpoint::bench

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    ::setlinebuf(stdout);
    // Where the worker has a large stack, so must the analysis in this process.
    const std::unique_ptr<QThread> thread(QThread::create(holdpoint::bench::run));
    thread->setStackSize(384U << 20);
    thread->start();
    thread->wait();
    return 0;
}
