// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/textrules.h"

#include "core/analysis/catalog.h"
#include "core/analysis/confusables.h"
#include "core/analysis/rule.h"

#include <QChar>
#include <QString>

#include <algorithm>
#include <set>

namespace holdpoint {

namespace {

constexpr qsizetype offScreen = 200; ///< blanks, columns or lines, that push text out of sight

/// One character and where it stands.
struct Character
{
    char32_t code = 0;
    Span span;
};

Character characterAt(QByteArrayView sql, qsizetype at)
{
    const auto first = static_cast<unsigned char>(sql[at]);
    const qsizetype length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t code = length == 1 ? first : first & (0x7F >> length);
    for (qsizetype next = 1; next < length; ++next)
        code = (code << 6) | (static_cast<unsigned char>(sql[at + next]) & 0x3F);
    return {code, {at, at + length}};
}

std::string codeName(char32_t code)
{
    return QString::asprintf("U+%04X", static_cast<unsigned>(code)).toStdString();
}

bool isBidi(char32_t code)
{
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x200E || code == 0x200F
        || code == 0x061C;
}

bool isInvisible(char32_t code)
{
    if (code < 0x80)
        return false;
    const QChar::Category category = QChar::category(code);
    const bool filler = code == 0x115F || code == 0x1160 || code == 0x3164 || code == 0xFFA0 || code == 0x2800
        || code == 0x034F || (code >= 0xFE00 && code <= 0xFE0F);
    return filler || category == QChar::Other_Format || category == QChar::Separator_Space
        || category == QChar::Separator_Line || category == QChar::Separator_Paragraph
        || category == QChar::Other_Control;
}

/// Scripts that are written together; any other mixture in one word is a disguise.
bool areCompanions(const std::set<QChar::Script> &scripts)
{
    static const std::set<QChar::Script> eastAsian{QChar::Script_Latin, QChar::Script_Han, QChar::Script_Hiragana,
        QChar::Script_Katakana, QChar::Script_Hangul, QChar::Script_Bopomofo};
    return scripts.size() < 2 || std::ranges::includes(eastAsian, scripts);
}

/// The sign for a millionth, as in `μs`: the Greek letter or its twin for units, where a unit begins.
bool isMicro(QByteArrayView sql, const Character &character, qsizetype wordStart)
{
    const qsizetype at = character.span.start;
    return (character.code == 0xB5 || character.code == 0x3BC)
        && (at == wordStart || sql[at - 1] == '_' || (sql[at - 1] >= '0' && sql[at - 1] <= '9'));
}

/// A letter that is an ASCII letter in fancy dress: full-width, mathematical, …
bool isDressedLetter(char32_t code)
{
    if (code < 0x80 || !QChar::isLetter(code))
        return false;
    const QString plain = QString::fromUcs4(&code, 1).normalized(QString::NormalizationForm_KC);
    return plain.size() == 1 && plain.front().unicode() < 0x80;
}

class TextInspector
{
public:
    TextInspector(const QByteArray &sql, const std::vector<Segment> &segments, const Catalog *catalog)
        : m_sql(sql)
        , m_segments(segments)
        , m_catalog(catalog)
    {
    }

    std::vector<TextFinding> inspect()
    {
        for (const Segment &segment : m_segments) {
            characters(segment);
            if (segment.kind == Segment::Kind::Code || segment.kind == Segment::Kind::QuotedName)
                words(segment);
            if (segment.kind == Segment::Kind::Code)
                code(segment);
            if (segment.kind == Segment::Kind::LineComment || segment.kind == Segment::Kind::BlockComment)
                carriageReturn(segment);
            if (segment.kind == Segment::Kind::QuotedName)
                escapedName(segment);
        }
        lookalikes();
        return std::move(m_findings);
    }

private:
    using Kind = Segment::Kind;

    void found(std::string_view rule, Span span, std::string detail = {})
    {
        found(rule, ruleById(rule).level, span, std::move(detail));
    }

    void found(std::string_view rule, RiskLevel level, Span span, std::string detail)
    {
        if (!isFull(rule))
            m_findings.push_back({rule, level, span, std::move(detail)});
    }

    // One finding of a kind on each spot will do, and a text full of them must not make an endless list.
    bool isFull(std::string_view rule) const { return std::ranges::count(m_findings, rule, &TextFinding::rule) >= 20; }

    void characters(const Segment &segment)
    {
        for (qsizetype at = segment.start; at < segment.end;) {
            if (static_cast<unsigned char>(m_sql[at]) < 0x80) {
                ++at;
                continue;
            }
            const Character character = characterAt(m_sql, at);
            if (isBidi(character.code))
                found("bidi-control", character.span, codeName(character.code));
            else if (isInvisible(character.code) && segment.kind != Kind::Literal)
                found("invisible-char", character.span, codeName(character.code));
            at = character.span.end;
        }
    }

    void words(const Segment &segment)
    {
        std::set<QChar::Script> scripts;
        bool dressed = false;
        qsizetype start = segment.start;
        bool foreign = false, ascii = false;
        const auto close = [&](qsizetype end) {
            if (!foreign && !dressed) {
                ascii = false;
                return;
            }
            if (ascii)
                scripts.insert(QChar::Script_Latin);
            ascii = false;
            if (!areCompanions(scripts) || dressed)
                found("confusable-identifier", {start, end},
                    "\"" + m_sql.sliced(start, end - start).toStdString() + "\" mixes letters of several scripts");
            else if (foreign)
                m_foreignWords.push_back({start, end});
            foreign = false;
            scripts.clear();
            dressed = false;
        };
        for (qsizetype at = segment.start; at < segment.end;) {
            if (const char c = m_sql[at]; static_cast<unsigned char>(c) < 0x80) {
                const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                if (letter) {
                    ascii = true;
                } else if (c != '_' && !(c >= '0' && c <= '9')) {
                    close(at);
                    start = at + 1;
                }
                ++at;
                continue;
            }
            const Character character = characterAt(m_sql, at);
            if (!QChar::isLetterOrNumber(character.code) && character.code != '_' && !QChar::isMark(character.code)) {
                close(at);
                start = character.span.end;
            } else {
                const QChar::Script script = QChar::script(character.code);
                if (script != QChar::Script_Common && script != QChar::Script_Inherited
                    && !isMicro(m_sql, character, start))
                    scripts.insert(script);
                dressed = dressed || isDressedLetter(character.code);
                foreign = foreign || character.code >= 0x80;
            }
            at = character.span.end;
        }
        close(segment.end);
    }

    /// Words in one script that look like another word of the text, or like a name of the catalogue.
    void lookalikes()
    {
        if (m_foreignWords.empty())
            return;
        NamesByLook own;
        for (const std::string &word : wordsOfCode())
            own.add(word);
        for (const Span &word : m_foreignWords) {
            if (isFull("confusable-identifier"))
                return;
            const std::string text = m_sql.sliced(word.start, word.end - word.start).toStdString();
            std::string other = own.lookalike(text);
            const std::string known = m_catalog ? m_catalog->looks().lookalike(text) : std::string();
            if (other.empty() || (!known.empty() && known < other))
                other = known;
            if (!other.empty())
                found("confusable-identifier", word, "\"" + text + "\" is not \"" + other + "\"");
        }
    }

    std::set<std::string> wordsOfCode() const
    {
        std::set<std::string> words;
        for (const Segment &segment : m_segments) {
            if (segment.kind != Kind::Code && segment.kind != Kind::QuotedName)
                continue;
            const QString text = QString::fromUtf8(m_sql.sliced(segment.start, segment.end - segment.start));
            qsizetype start = 0;
            for (qsizetype at = 0; at <= text.size(); ++at)
                if (at == text.size() || !(text[at].isLetterOrNumber() || text[at] == u'_' || text[at].isSurrogate())) {
                    words.insert(text.sliced(start, at - start).toLower().toStdString());
                    start = at + 1;
                }
        }
        return words;
    }

    void code(const Segment &segment)
    {
        qsizetype blanks = 0, lines = 0;
        for (qsizetype at = segment.start; at < segment.end; ++at) {
            const char c = m_sql[at];
            if (c == '\\' && !isFull("psql-meta-command"))
                found("psql-meta-command", {at, lineEnd(at)});
            if (c == '\n') {
                ++lines;
                blanks = 0;
            } else if (c == ' ' || c == '\t') {
                ++blanks;
            } else {
                if (std::max(blanks, lines) >= offScreen && at > 0 && !isFull("hidden-code"))
                    found("hidden-code", RiskLevel::Write, {at, lineEnd(at)}, "blanks push it out of sight");
                blanks = lines = 0;
            }
        }
    }

    /// PostgreSQL ends a comment line at a bare carriage return; many a viewer shows it all as one line.
    void carriageReturn(const Segment &segment)
    {
        const bool line = segment.kind == Kind::LineComment;
        const QByteArrayView inside = QByteArrayView(m_sql).first(segment.end);
        const qsizetype at = line ? segment.end : inside.indexOf('\r', segment.start);
        const bool bare =
            at >= 0 && at < m_sql.size() && m_sql[at] == '\r' && (at + 1 >= m_sql.size() || m_sql[at + 1] != '\n');
        if (bare && !isFull("hidden-code") && (!line || !QByteArrayView(m_sql).sliced(at).trimmed().isEmpty()))
            found("hidden-code", {at, std::max(lineEnd(at + 1), at + 1)}, "a bare carriage return in a comment");
    }

    void escapedName(const Segment &segment)
    {
        if (segment.start >= 2 && m_sql[segment.start - 1] == '&' && (m_sql[segment.start - 2] | 0x20) == 'u')
            found("escaped-identifier", {segment.start - 2, segment.end});
    }

    qsizetype lineEnd(qsizetype at) const
    {
        qsizetype end = at;
        while (end < m_sql.size() && m_sql[end] != '\n' && m_sql[end] != '\r')
            ++end;
        return std::max(end, std::min(at + 1, m_sql.size()));
    }

    const QByteArray &m_sql;
    const std::vector<Segment> &m_segments;
    const Catalog *m_catalog;
    std::vector<Span> m_foreignWords; ///< with letters beyond ASCII, all of one script
    std::vector<TextFinding> m_findings;
};

constexpr Rule rules[] = {
    {"unparseable", RiskLevel::Critical, "", nullptr, "This is no SQL that PostgreSQL 17 would take: %1.",
        "Correct the text; nothing of it will run as it is."},
    {"too-deep", RiskLevel::Critical, "", nullptr, "The text is nested too deeply to be reviewed.",
        "Split it into smaller statements."},
    {"too-large", RiskLevel::Critical, "", nullptr, "The text is larger than %1: nobody can review it.",
        "Split it into actions that a person can read."},
    {"nul-byte", RiskLevel::Critical, "", nullptr,
        "The text holds a NUL: what follows it is seen by some programs, and not by others.", "Take it out."},
    {"invalid-utf8", RiskLevel::Critical, "", nullptr,
        "The text is not valid UTF-8: what is shown is not what would be sent.", "Encode the text as UTF-8."},
    {"unknown-statement", RiskLevel::Critical, "", nullptr, "Holdpoint does not know this kind of statement (%1).",
        "Do it another way, or ask an administrator."},
    {"unknown-construct", RiskLevel::Destructive, "", nullptr, "Holdpoint does not know a part of this statement (%1).",
        "Write it in another way."},
    {"psql-meta-command", RiskLevel::Critical, "", nullptr,
        "A backslash command makes psql act, not the server; it is no SQL.", "Take it out."},
    {"bidi-control", RiskLevel::Critical, "", nullptr,
        "%1 changes the order in which text is shown: it may read otherwise than it runs.", "Take it out."},
    {"invisible-char", RiskLevel::Critical, "", nullptr, "%1 cannot be seen: names that look equal may not be.",
        "Take it out."},
    {"confusable-identifier", RiskLevel::Critical, "", nullptr, "A word looks like another one that it is not: %1.",
        "Type it anew in one script.", false, Sight::Better},
    {"ambiguous-literal", RiskLevel::Critical, "", nullptr,
        "A server with standard_conforming_strings off would read other statements here.",
        "Write the literal as E'…' with doubled backslashes."},
    {"hidden-code", RiskLevel::Critical, "", nullptr, "Code is hidden from the reader: %1.",
        "Lay the text out so that all of it is seen."},
    {"escaped-identifier", RiskLevel::Write, "", nullptr, "The name is written in escapes, which hides it.",
        "Write the name out."},
};

} // namespace

std::vector<TextFinding> inspectText(
    const QByteArray &sql, const std::vector<Segment> &segments, const Catalog *catalog)
{
    return TextInspector(sql, segments, catalog).inspect();
}

std::span<const Rule> textRules()
{
    return rules;
}

} // namespace holdpoint
