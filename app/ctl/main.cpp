// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/analyzecommand.h"
#include "app/ctl/commands.h"
#include "app/ctl/terminal.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <array>

using namespace Qt::StringLiterals;
using namespace holdpoint;

namespace {

struct Command
{
    QLatin1StringView name;
    QLatin1StringView purpose;
    int (*run)(const QStringList &arguments);
};

constexpr std::array commands{
    Command{"init"_L1, "make the store, or bring it up to this version"_L1, runInit},
    Command{"approver add"_L1, "let a person decide"_L1, runApproverAdd},
    Command{"agent add"_L1, "let an agent submit"_L1, runAgentAdd},
    Command{"executor add"_L1, "let an executor claim released actions"_L1, runExecutorAdd},
    Command{"auditor add"_L1, "let a person read everything"_L1, runAuditorAdd},
    Command{"target prepare"_L1, "make a production database ready: roles, marker table"_L1, runTargetPrepare},
    Command{"target admit"_L1, "give an agent a read-only sign-in on a target"_L1, runTargetAdmit},
    Command{"target add"_L1, "tell the store of a target"_L1, runTargetAdd},
    Command{"target watch"_L1, "tell the store where to ask who holds locks"_L1, runTargetWatch},
    Command{"policy set"_L1, "say what one level of one target asks for"_L1, runPolicySet},
    Command{"policy show"_L1, "print the policy"_L1, runPolicyShow},
    Command{"submit"_L1, "ask for SQL to be run"_L1, runSubmit},
    Command{"revise"_L1, "replace the text of an action"_L1, runRevise},
    Command{"wait"_L1, "wait for the answer to an action"_L1, runWait},
    Command{"status"_L1, "say where an action is"_L1, runStatus},
    Command{"list"_L1, "list actions"_L1, runList},
    Command{"withdraw"_L1, "take an action back"_L1, runWithdraw},
    Command{"trial"_L1, "try an action in the target's sandbox, rolled back"_L1, runTrial},
    Command{"history"_L1, "print the record, newest first"_L1, runHistory},
    Command{"verify"_L1, "recompute the record's chain of hashes"_L1, runVerify},
    Command{"revoke"_L1, "end an agent's access everywhere, and wait for the proof"_L1, runRevoke},
    Command{"analyze"_L1, "say what a SQL text would do, without a server"_L1, runAnalyze},
    Command{"impact"_L1, "say what a SQL text would change, as seen on the target's replica"_L1, runImpact},
    Command{"doctor"_L1, "check the store, the executor and the replicas"_L1, runDoctor},
    Command{"demo"_L1, "run private servers with an agent at work"_L1, runDemo},
};

void printHelp()
{
    printLine(u"Usage: holdpointctl COMMAND [options]\n\nThe command line of Holdpoint, the hold point between AI "
              "agents and production PostgreSQL.\n\nCommands:"_s);
    for (const Command &command : commands)
        printLine(u"  %1  %2"_s.arg(command.name, -14).arg(command.purpose));
    printLine(
        u"\nholdpointctl COMMAND --help prints what a command takes. Exit status: 0 done, 1 the answer is no, "
        "2 nothing was done.\nThe store is the one that --store names, else HOLDPOINT_STORE, else libpq's own variables."_s);
}

const Command *find(const QString &name)
{
    for (const Command &command : commands)
        if (command.name == name)
            return &command;
    return nullptr;
}

int dispatch(QStringList words)
{
    if (words.isEmpty() || words.first() == "--help"_L1 || words.first() == "-h"_L1 || words.first() == "help"_L1) {
        printHelp();
        return ExitStatus::Done;
    }
    if (words.first() == "--version"_L1 || words.first() == "-v"_L1) {
        printLine(u"holdpointctl "_s + QCoreApplication::applicationVersion());
        return ExitStatus::Done;
    }
    if (const Command *command = find(words.mid(0, 2).join(u' ')); command && words.size() > 1)
        return command->run(words.mid(2));
    if (const Command *command = find(words.first()))
        return command->run(words.mid(1));
    return fail({Error::Code::Invalid, u"unknown command '%1'"_s.arg(words.mid(0, 2).join(u' ')),
        u"holdpointctl --help prints the commands"_s});
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"holdpointctl"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(HOLDPOINT_VERSION));
    // Qt's driver talks to stderr of its own accord; every error of ours is already one line there.
    QLoggingCategory::setFilterRules(u"qt.sql.*=false"_s);
    return dispatch(QCoreApplication::arguments().mid(1));
}
