// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// Everything that PostgreSQL installs as SQL: its catalogue, its information schema, every extension and upgrade.
QByteArrayList installedScripts()
{
    QProcess config;
    config.start(u"pg_config"_s, {u"--sharedir"_s});
    config.waitForFinished();
    QDirIterator files(QString::fromLocal8Bit(config.readAllStandardOutput().trimmed()), {u"*.sql"_s}, QDir::Files,
        QDirIterator::Subdirectories);
    QByteArrayList scripts;
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            scripts.append(file.readAll());
    }
    return scripts;
}

/// Cut after each semicolon that ends a line: often a statement, at times a piece of one.
QByteArrayList pieces(const QByteArrayList &scripts)
{
    QByteArrayList found;
    for (const QByteArray &script : scripts)
        for (qsizetype start = 0, end = 0; start < script.size(); start = end) {
            end = script.indexOf(";\n", start);
            end = end < 0 ? script.size() : end + 2;
            found.append(script.sliced(start, end - start));
        }
    return found;
}

QByteArrayList analysed(const QByteArrayList &texts)
{
    QByteArray lines;
    for (qsizetype index = 0; index < texts.size(); ++index)
        lines += QJsonDocument(QJsonObject{{u"id"_s, index}, {u"sql_base64"_s, QString::fromLatin1(texts[index].toBase64())}})
                     .toJson(QJsonDocument::Compact)
            + '\n';
    QProcess process;
    process.start(u"holdpointctl"_s, {u"analyze"_s, u"--batch"_s});
    process.write(lines);
    process.closeWriteChannel();
    process.waitForFinished(240'000);
    return process.exitCode() == 0 ? process.readAllStandardOutput().trimmed().split('\n') : QByteArrayList();
}

} // namespace

/// Much SQL that nobody here wrote, in one batch.
class PublicScriptsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_scripts = installedScripts();
        QVERIFY(m_scripts.size() > 100);
    }

    void wholeScriptsAreAllAnswered() { allAreAnswered(m_scripts); }
    void theirPiecesAreAllAnswered() { allAreAnswered(pieces(m_scripts)); }

private:
    static void allAreAnswered(const QByteArrayList &texts)
    {
        const QByteArrayList answers = analysed(texts);
        QCOMPARE(answers.size(), texts.size());
        qsizetype readable = 0;
        for (qsizetype index = 0; index < texts.size(); ++index) {
            const QJsonObject answer = QJsonDocument::fromJson(answers[index]).object();
            QCOMPARE(answer[u"id"_s].toInteger(-1), index);
            QVERIFY(!answer[u"level"_s].toString().isEmpty());
            QVERIFY(!answer[u"error"_s].toString().contains(u"no answer"_s));
            readable += answer[u"error"_s].isNull();
        }
        qInfo("%lld texts, %lld of them readable", texts.size(), readable);
    }

    QByteArrayList m_scripts;
};

QTEST_GUILESS_MAIN(PublicScriptsTest)
#include "publicscriptstest.moc"
