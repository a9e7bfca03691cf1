// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/linereader.h"

#include <QTest>

#include <array>

#include <unistd.h>

using namespace holdpoint;

/// Lines from a real pipe.
class LineReaderTest : public QObject
{
    Q_OBJECT

private:
    std::array<int, 2> m_pipe{-1, -1};

    void put(const QByteArray &bytes)
    {
        QCOMPARE(write(m_pipe[1], bytes.constData(), std::size_t(bytes.size())), bytes.size());
    }
    void end() { close(std::exchange(m_pipe[1], -1)); }

private Q_SLOTS:
    void init() { QCOMPARE(pipe(m_pipe.data()), 0); }
    void cleanup()
    {
        for (const int descriptor : m_pipe)
            if (descriptor >= 0)
                close(descriptor);
    }

    void everyLineComesOnce()
    {
        LineReader reader(m_pipe[0], 100);
        put("one\n\ntwo\r\nlast");
        end();
        for (const char *line : {"one", "", "two\r", "last"})
            QCOMPARE(reader.next(), QByteArray(line));
        QVERIFY(!reader.next());
        QVERIFY(!reader.isTooLong());
    }

    void aByteOrderMarkAtTheBeginningIsNoPartOfALine()
    {
        LineReader reader(m_pipe[0], 100);
        put("\xEF\xBB\xBFone\n\xEF\xBB\xBFtwo");
        end();
        QCOMPARE(reader.next(), QByteArray("one"));
        QCOMPARE(reader.next(), QByteArray("\xEF\xBB\xBFtwo"));
    }

    void itTellsWhetherALineIsThere()
    {
        LineReader reader(m_pipe[0], 100);
        QVERIFY(reader.wouldWait());
        put("hal");
        QVERIFY(reader.wouldWait());
        put("f\nnext");
        QVERIFY(!reader.wouldWait());
        QCOMPARE(reader.next(), QByteArray("half"));
        QVERIFY(reader.wouldWait());
        end();
        QVERIFY(!reader.wouldWait());
        QCOMPARE(reader.next(), QByteArray("next"));
        QVERIFY(!reader.wouldWait());
        QVERIFY(!reader.next());
    }

    void aLineThatIsTooLongEndsIt()
    {
        LineReader reader(m_pipe[0], 10);
        put("0123456789\n0123456789a");
        QCOMPARE(reader.next(), QByteArray("0123456789"));
        QVERIFY(!reader.wouldWait());
        QVERIFY(!reader.next());
        QVERIFY(reader.isTooLong());
    }
};

QTEST_GUILESS_MAIN(LineReaderTest)
#include "linereadertest.moc"
