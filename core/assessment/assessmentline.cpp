// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/assessment.h"

#include "core/assessment/effectjson.h"

#include <QJsonDocument>

#include <array>

namespace holdpoint {

namespace {

/// Appends JSON to one array of bytes.
class JsonWriter
{
public:
    void raw(QByteArrayView json) { m_out.append(json); }
    void number(qint64 value) { m_out.append(QByteArray::number(value)); }

    void text(const QString &value)
    {
        const qsizetype before = m_out.size();
        constexpr qsizetype longestCharacter = 6; // \u001f
        m_out.resizeForOverwrite(before + value.size() * longestCharacter + 2);
        m_to = m_out.data() + before;
        *m_to++ = '"';
        for (qsizetype at = 0; at < value.size(); ++at) {
            const char16_t unit = value[at].unicode();
            if (unit < 0x80)
                ascii(static_cast<char>(unit));
            else
                at += beyondAscii(QStringView(value).sliced(at));
        }
        *m_to++ = '"';
        m_out.truncate(m_to - m_out.data());
    }

    QByteArray take() { return std::move(m_out); }

private:
    void ascii(char c)
    {
        static constexpr std::array<char, 14> letters{0, 0, 0, 0, 0, 0, 0, 0, 'b', 't', 'n', 0, 'f', 'r'};
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            pair(c);
        else if (code >= 0x20)
            *m_to++ = c;
        else if (code < letters.size() && letters[code])
            pair(letters[code]);
        else
            escaped(code);
    }

    void pair(char letter)
    {
        *m_to++ = '\\';
        *m_to++ = letter;
    }

    void escaped(char16_t unit)
    {
        pair('u');
        for (int shift = 12; shift >= 0; shift -= 4)
            *m_to++ = "0123456789abcdef"[(unit >> shift) & 0xf];
    }

    /// Writes the first character of @p rest. Returns how many units beyond the first it took.
    qsizetype beyondAscii(QStringView rest)
    {
        char32_t code = rest[0].unicode();
        const bool isPair = rest[0].isHighSurrogate() && rest.size() > 1 && rest[1].isLowSurrogate();
        if (rest[0].isSurrogate() && !isPair) {
            escaped(rest[0].unicode()); // half a character has no UTF-8
            return 0;
        }
        if (isPair)
            code = QChar::surrogateToUcs4(rest[0], rest[1]);
        const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        *m_to++ = static_cast<char>((0xFF00 >> (more + 1)) | (code >> (6 * more)));
        for (int shift = 6 * (more - 1); shift >= 0; shift -= 6)
            *m_to++ = static_cast<char>(0x80 | ((code >> shift) & 0x3F));
        return isPair ? 1 : 0;
    }

    QByteArray m_out;
    char *m_to = nullptr;
};

QByteArrayView wordOf(RiskLevel level)
{
    static constexpr std::array<const char *, 4> words{"\"read\"", "\"write\"", "\"destructive\"", "\"critical\""};
    return words[static_cast<std::size_t>(level)];
}

template <typename T> void writeList(JsonWriter &json, const QList<T> &values, void (*write)(JsonWriter &, const T &))
{
    json.raw("[");
    for (qsizetype index = 0; index < values.size(); ++index) {
        if (index > 0)
            json.raw(",");
        write(json, values[index]);
    }
    json.raw("]");
}

void writeText(JsonWriter &json, const QString &text)
{
    json.text(text);
}

// The members stand in the order of their names, as QJsonObject has them.
void writeFinding(JsonWriter &json, const Finding &finding)
{
    json.raw("{\"end\":");
    json.number(finding.end);
    json.raw(",\"level\":");
    json.raw(wordOf(finding.level));
    json.raw(",\"message\":");
    json.text(finding.message);
    json.raw(",\"remedy\":");
    json.text(finding.remedy);
    json.raw(",\"rule\":");
    json.text(finding.rule);
    json.raw(",\"start\":");
    json.number(finding.start);
    json.raw("}");
}

void writeEffect(JsonWriter &json, const Effect &effect)
{
    if (hasDetails(effect)) {
        json.raw(QJsonDocument(toJson(effect)).toJson(QJsonDocument::Compact));
        return;
    }
    const bool selects = !effect.wholeTable && !effect.rows && !effect.rowsSelect.isEmpty();
    json.raw("{");
    if (!effect.wholeTable && effect.rows) {
        json.raw("\"rows\":");
        json.number(*effect.rows);
        json.raw(",");
    }
    if (selects) {
        json.raw("\"rows_select\":");
        json.text(effect.rowsSelect);
        json.raw(",");
    }
    json.raw("\"table\":");
    json.text(effect.table);
    if (!effect.wholeTable && !effect.rows && !selects) {
        json.raw(",\"unknown_because\":");
        json.text(effect.unknownBecause);
    }
    json.raw(",\"verb\":");
    json.text(effect.verb);
    json.raw(effect.wholeTable ? ",\"whole_table\":true}" : "}");
}

void writeLock(JsonWriter &json, const TableLock &lock)
{
    json.raw(lock.withDescendants ? "{\"descendants\":true,\"mode\":" : "{\"mode\":");
    json.text(toWord(lock.mode));
    json.raw(",\"table\":");
    json.text(lock.table);
    json.raw("}");
}

void writeStatement(JsonWriter &json, const Statement &statement)
{
    json.raw("{\"effects\":");
    writeList(json, statement.effects, writeEffect);
    json.raw(",\"end\":");
    json.number(statement.end);
    json.raw(",\"findings\":");
    writeList(json, statement.findings, writeFinding);
    json.raw(",\"kind\":");
    json.text(statement.kind);
    json.raw(",\"level\":");
    json.raw(wordOf(statement.level));
    if (!statement.locks.isEmpty()) {
        json.raw(",\"locks\":");
        writeList(json, statement.locks, writeLock);
    }
    json.raw(",\"relations\":");
    writeList<QString>(json, statement.relations, writeText);
    json.raw(",\"start\":");
    json.number(statement.start);
    json.raw("}");
}

void writeTextOrNull(JsonWriter &json, const QString &text)
{
    if (text.isEmpty())
        json.raw("null");
    else
        json.text(text);
}

} // namespace

QByteArray toJsonLine(const Assessment &assessment, QByteArrayView id)
{
    JsonWriter json;
    json.raw("{\"catalog\":");
    writeTextOrNull(json, assessment.catalog);
    json.raw(",\"error\":");
    writeTextOrNull(json, assessment.error);
    json.raw(",\"id\":");
    json.raw(id);
    json.raw(",\"level\":");
    json.raw(wordOf(assessment.level));
    json.raw(",\"statements\":");
    writeList(json, assessment.statements, writeStatement);
    json.raw("}");
    return json.take();
}

} // namespace holdpoint
