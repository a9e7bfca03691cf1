// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/analyzecommand.h"

#include "app/ctl/analyzebatch.h"
#include "app/ctl/assessmentsarif.h"
#include "app/ctl/assessmenttext.h"
#include "app/ctl/rulelist.h"
#include "app/ctl/terminal.h"
#include "core/assessment/analyzerclient.h"
#include "core/assessment/analyzerwire.h"

#include <QCommandLineParser>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {

constexpr qint64 largestFile = qint64(32)
    << 20; ///< far beyond what is analysed; keeps a wrong path from filling memory

struct Options
{
    QCommandLineOption help{{u"h"_s, u"help"_s}, u"prints this"_s};
    QCommandLineOption format{u"format"_s, u"text (for people), json or sarif"_s, u"text|json|sarif"_s, u"text"_s};
    QCommandLineOption batch{u"batch"_s, u"one {\"id\":…,\"sql\":…} a line in, one assessment a line out"_s};
    QCommandLineOption catalog{u"catalog"_s,
        u"connection string or URI of the database that the texts are for; its catalogue is read once"_s, u"URI"_s};
    QCommandLineOption listRules{u"list-rules"_s, u"print the rules: level, what they need to see, message, remedy"_s};
};

std::expected<QByteArray, Error> readAll(const QString &path)
{
    QFile file;
    bool open = false;
    if (path == "-"_L1)
        open = file.open(stdin, QIODevice::ReadOnly);
    else {
        file.setFileName(path);
        open = file.open(QIODevice::ReadOnly);
    }
    if (!open)
        return std::unexpected(Error{Error::Code::Invalid, u"'%1' cannot be read: %2"_s.arg(path, file.errorString()),
            u"give the path of a readable file, or - for standard input"_s});
    // A pipe gives what is in it; the text is over when it gives nothing more.
    QByteArray text;
    for (QByteArray part = file.read(largestFile + 1); !part.isEmpty(); part = file.read(largestFile + 1 - text.size()))
        text += part;
    if (file.error() != QFile::NoError)
        return std::unexpected(
            Error{Error::Code::Failed, u"'%1' cannot be read: %2"_s.arg(path, file.errorString()), {}});
    if (text.size() > largestFile)
        return std::unexpected(Error{Error::Code::Invalid, u"'%1' is larger than 32 MiB"_s.arg(path),
            u"split it: nothing over 1 MiB is analysed"_s});
    return text;
}

void printAssessment(const QString &format, const AnalysedText &text, const AnalysisCatalog &catalog)
{
    if (format == "json"_L1) {
        QJsonObject json = toJson(text.assessment);
        catalog.mark(json);
        json[u"id"_s] = text.name;
        printJson(json);
    } else if (format == "text"_L1) {
        printLine(describeAssessment(text, isatty(STDOUT_FILENO) != 0));
    }
}

int analyseFiles(QStringList paths, const QString &format, const AnalysisCatalog &catalog)
{
    if (paths.isEmpty())
        paths.append(u"-"_s);
    QList<AnalysedText> texts;
    for (const QString &path : std::as_const(paths)) {
        const auto sql = readAll(path);
        if (!sql)
            return fail(sql.error());
        texts.append({path, *sql, {}});
    }
    BlockingAnalyzer analyzer(analyzerProgram(), analysisTimeout);
    RiskLevel highest = RiskLevel::Read;
    for (AnalysedText &text : texts) {
        text.assessment = analyzer.analyse(text.sql, catalog.snapshot);
        highest = std::max(highest, text.assessment.level);
        printAssessment(format, text, catalog);
    }
    if (format == "sarif"_L1)
        printJson(toSarif(texts, catalog));
    if (format == "text"_L1)
        printLine(catalog.description());
    return catalog.statusFor(highest >= RiskLevel::Destructive ? ExitStatus::No : ExitStatus::Done);
}

int usageError(const QString &cause)
{
    return fail({Error::Code::Invalid, cause, u"holdpointctl analyze --help prints what it takes"_s});
}

int listRules(const QCommandLineParser &parser, const QString &format)
{
    if (format == "sarif"_L1 || !parser.positionalArguments().isEmpty())
        return usageError(u"--list-rules takes no files, and is printed as text or json"_s);
    return printRules(format == "json"_L1);
}

void printHelp(const QCommandLineParser &parser)
{
    QString help = parser.helpText();
    help.replace(help.section(u'\n', 0, 0),
        u"Usage: holdpointctl analyze [--format text|json|sarif] [--catalog URI] [FILE…]\n"
        "       holdpointctl analyze --batch [--catalog URI] < lines.ndjson\n"
        "       holdpointctl analyze --list-rules [--format text|json]"_s);
    printLine(help);
    printLine(
        u"Exit status: 0 the highest level is read or write; 1 it is destructive or critical; 2 usage or I/O error.\n"
        "With --batch: 0 every line was answered; 2 a line was no request.\n"
        "A catalogue that cannot be read is said on stderr; the texts are analysed without it, and the status is 2."_s);
}

} // namespace

int runAnalyze(const QStringList &arguments)
{
    const Options options;
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Says what SQL texts would do, and runs nothing of them. '-' is standard input."_s);
    parser.addOptions({options.format, options.batch, options.catalog, options.listRules, options.help});
    parser.addPositionalArgument(u"FILE"_s, u"SQL texts; standard input if there is none"_s, u"[FILE…]"_s);
    if (!parser.parse(QStringList{u"holdpointctl analyze"_s} + arguments))
        return usageError(parser.errorText());
    if (parser.isSet(options.help)) {
        printHelp(parser);
        return ExitStatus::Done;
    }
    const QString format = parser.value(options.format);
    if (!QStringList{u"text"_s, u"json"_s, u"sarif"_s}.contains(format))
        return usageError(u"'%1' is no format"_s.arg(safeLine(format)));
    if (parser.isSet(options.listRules))
        return listRules(parser, format);
    if (parser.isSet(options.batch) && (!parser.positionalArguments().isEmpty() || parser.isSet(options.format)))
        return usageError(u"--batch takes no files and no format"_s);
    const auto catalog = parser.isSet(options.catalog) ? readAnalysisCatalog(parser.value(options.catalog))
                                                       : std::expected<AnalysisCatalog, Error>();
    if (!catalog)
        return fail(catalog.error());
    return parser.isSet(options.batch) ? analyseBatch(*catalog)
                                       : analyseFiles(parser.positionalArguments(), format, *catalog);
}

} // namespace holdpoint
