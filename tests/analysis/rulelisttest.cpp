// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QByteArray listed(const QStringList &arguments)
{
    QProcess process;
    process.start(u"holdpointctl"_s, QStringList{u"analyze"_s, u"--list-rules"_s} + arguments);
    process.waitForFinished(60'000);
    return process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray();
}

QList<QJsonObject> rules()
{
    QList<QJsonObject> rules;
    for (const QByteArray &line : listed({u"--format"_s, u"json"_s}).split('\n'))
        if (!line.isEmpty())
            rules.append(QJsonDocument::fromJson(line).object());
    return rules;
}

/// A rule's row in the README's table.
QString row(const QJsonObject &rule)
{
    QString what = rule[u"messages"_s][0].toString();
    what.replace(u"\"%1\""_s, u"…"_s).replace(u"%1"_s, u"…"_s).replace(u'|', u"\\|"_s).replace(u'<', u"&lt;"_s);
    return u"| `%1` | %2 | %3 | %4 |"_s.arg(
        rule[u"id"_s].toString(), rule[u"level"_s].toString(), rule[u"sees"_s].toString(), what);
}

/// The rows of the table under the README's heading "The rules".
QStringList rowsOfReadme()
{
    QFile readme(QStringLiteral(README));
    if (!readme.open(QIODevice::ReadOnly))
        return {};
    const QString section =
        QString::fromUtf8(readme.readAll()).section(u"\n### The rules\n"_s, 1).section(u"\n#"_s, 0, 0);
    QStringList rows;
    for (const QString &line : section.split(u'\n'))
        if (line.startsWith(u"| `"_s))
            rows.append(line);
    return rows;
}

} // namespace

/// What the worker says of its own rules, and what the README makes of it.
class RuleListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRuleIsWhole()
    {
        QSet<QString> ids;
        QVERIFY(rules().size() > 100);
        for (const QJsonObject &rule : rules()) {
            const QString id = rule[u"id"_s].toString();
            QVERIFY2(!id.isEmpty() && !ids.contains(id), qPrintable(id));
            ids.insert(id);
            QVERIFY(QStringList({u"read"_s, u"write"_s, u"destructive"_s, u"critical"_s})
                    .contains(rule[u"level"_s].toString()));
            QVERIFY(QStringList({u"text"_s, u"better with a catalogue"_s, u"a catalogue"_s})
                    .contains(rule[u"sees"_s].toString()));
            QVERIFY2(!rule[u"family"_s].toString().isEmpty(), qPrintable(id));
            QVERIFY2(!rule[u"messages"_s][0].toString().isEmpty(), qPrintable(id));
            QVERIFY2(!rule[u"remedies"_s][0].toString().isEmpty(), qPrintable(id));
        }
        QVERIFY(ids.contains(u"no-where"_s));
        QCOMPARE(rules().constFirst()[u"family"_s].toString(), u"rows"_s);
    }

    void peopleGetTheSameRules()
    {
        const QByteArray text = listed({});
        for (const QJsonObject &rule : rules()) {
            QVERIFY(text.contains(rule[u"id"_s].toString().toUtf8()));
            QVERIFY(text.contains(rule[u"messages"_s][0].toString().toUtf8()));
        }
    }

    /// `rulelisttest print` prints the table.
    void theReadmesTableIsTheList()
    {
        const QStringList rows = rowsOfReadme();
        QStringList expected;
        for (const QJsonObject &rule : rules())
            expected.append(row(rule));
        for (qsizetype index = 0; index < std::min(rows.size(), expected.size()); ++index)
            QCOMPARE(rows[index], expected[index]);
        QCOMPARE(rows.size(), expected.size());
    }
};

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (argc != 2 || argv[1] != std::string_view("print")) {
        RuleListTest test;
        return QTest::qExec(&test, argc, argv);
    }
    for (const QJsonObject &rule : rules())
        std::puts(qUtf8Printable(row(rule)));
}
#include "rulelisttest.moc"
