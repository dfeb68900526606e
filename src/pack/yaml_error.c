/* SPDX-License-Identifier: Apache-2.0 */
/* Translates libyaml's problems into messages with hints, and recognises the mistakes that Chinese input
 * methods cause. */
#include "pack/yaml_error.h"

#include <string.h>

/* libyaml's words for a problem (its beginning suffices), our message, and what to do about it. */
static const struct {
    const char *problem, *message, *hint;
} PROBLEMS[] = {
    {"mapping values are not allowed", "a ': ' may not stand here",
     "quote a text that contains ': ', or indent the key like its neighbours"},
    {"could not find expected ':'", "a key without ': ' after it",
     "a key is followed by a colon and a space"},
    {"did not find expected key", "a key is expected here",
     "check the indentation of this line and the one above, and quote a text that begins with a sign"},
    {"did not find expected '-' indicator", "an item that begins with '- ' is expected here",
     "check the indentation"},
    {"did not find expected ',' or ']'", "a ',' or ']' is expected here",
     "close the list, and quote an expression that has brackets"},
    {"did not find expected ',' or '}'", "a ',' or '}' is expected here",
     "close the brace, and quote a text that has braces or commas"},
    {"did not find expected node content", "a value is expected here", ""},
    {"did not find expected <document start>", "the document ends before this line",
     "check the indentation: every key of a pack stands in the first column"},
    {"found unexpected end of stream", "the quoted text is not closed", "add the closing quote"},
    {"found unexpected document indicator", "the quoted text is not closed", "add the closing quote"},
    {"found unknown escape character", "no such escape in a text in double quotes",
     "use single quotes, or write \\\\"},
    {"did not find expected hexdecimal number", "an escape needs hexadecimal digits", ""},
    {"found invalid Unicode character escape code",
     "the escape is no character: half of a surrogate pair, or beyond U+10FFFF", ""},
    {"found character that cannot start any token", "a text may not begin with this character",
     "quote the text"},
    {"block sequence entries are not allowed", "an item may not begin here", "put '- ' on a line of its own"},
    {"block mapping keys are not allowed", "a key may not begin here", "put the key on a line of its own"},
    {"mapping keys are not allowed", "a key may not begin here", "put the key on a line of its own"},
    {"did not find expected alphabetic or numeric character",
     "'*' and '&' begin an alias or an anchor, which are not allowed", "quote the text"},
    {"did not find expected comment or line break", "nothing may follow '|' or '>' on its line",
     "begin the text on the next line"},
    {"found a tab character where an indentation space is expected", "a tab cannot indent", "use spaces"},
    {"found a tab character that violates indentation", "a tab cannot indent", "use spaces"},
    {"found undefined tag handle", "tags are not allowed", "quote a text that begins with '!'"},
    {"did not find expected tag URI", "tags are not allowed", "quote a text that begins with '!'"},
    {"did not find expected whitespace or line break", "tags are not allowed",
     "quote a text that begins with '!'"},
    {"found an indentation indicator equal to 0", "the indentation after '|' or '>' is at least 1", ""},
};

/* Whether the text begins with the prefix; false for NULL. */
static bool begins(const char *text, const char *prefix)
{
    return text && strncmp(text, prefix, strlen(prefix)) == 0;
}

bool yaml_error_is_surrogate(const yaml_parser_t *parser)
{
    return parser->error == YAML_SCANNER_ERROR &&
           begins(parser->problem, "found invalid Unicode character escape code");
}

/* Whether the line has a full-width colon and no plain one, as in `标题：北仑`. YAML takes it for a letter,
 * so the line has no key, and the error shows there or on the next line. */
static bool has_wide_colon(struct location where)
{
    struct text line = source_position(where).excerpt;
    size_t plain = 0, wide = 0;
    for (size_t i = 0; i < line.length; i++) {
        wide += line.length - i >= 3 && memcmp(line.bytes + i, "\xEF\xBC\x9A", 3) == 0;
        plain += line.bytes[i] == ':';
    }
    return wide > 0 && plain == 0;
}

/* Where the line of a location begins. */
static uint32_t line_start(struct location where)
{
    uint32_t start =
        where.offset < where.source->content.length ? where.offset : (uint32_t)where.source->content.length;
    while (start > 0 && where.source->content.bytes[start - 1] != '\n')
        start--;
    return start;
}

/* What is written in a line, without the indentation, and its place. */
struct written_line {
    struct text text;
    struct location where;
};

/* The line of a location, or the one above it. */
static struct written_line line_of(struct location where, bool is_above)
{
    uint32_t start = line_start(where);
    if (is_above) {
        where.offset = start > 0 ? start - 1 : 0;
        start = line_start(where);
    }
    struct text content = where.source->content;
    size_t end = start;
    while (start < content.length && content.bytes[start] == ' ')
        start++;
    for (end = end > start ? end : start; end < content.length && content.bytes[end] != '\n';)
        end++;
    where.offset = start;
    where.length = (uint32_t)(end - start);
    return (struct written_line){.text = text_slice(content, start, end), .where = where};
}

/* Whether a line is a key with its colon but no space behind that, as in `title:北仑`. */
static bool lacks_space(struct text line)
{
    size_t at = 0;
    while (at < line.length && ((line.bytes[at] >= 'a' && line.bytes[at] <= 'z') || line.bytes[at] == '_'))
        at++;
    return at > 0 && at + 1 < line.length && line.bytes[at] == ':' && line.bytes[at + 1] != ' ' &&
           line.bytes[at + 1] != '/';
}

/* Whether a line is an item of a list whose `-` has no space behind it, as in `-{id: a}`. */
static bool is_tight_item(struct text line)
{
    return line.length > 1 && line.bytes[0] == '-' && line.bytes[1] != ' ' && line.bytes[1] != '-';
}

/* Whether a value begins with a full-width bracket, as in `child: ｛type: date｝`. */
static bool has_wide_bracket(struct text line)
{
    static const struct text OPENINGS[] = {{": ｛", 5}, {": ［", 5}, {"- ｛", 5}, {"- ［", 5}, {": 【", 5}};
    for (size_t i = 0; i + 5 <= line.length; i++)
        for (size_t j = 0; j < sizeof OPENINGS / sizeof *OPENINGS; j++)
            if (text_equals(text_slice(line, i, i + 5), OPENINGS[j]))
                return true;
    return false;
}

/* Reports the mistakes after which libyaml sees the error on the next line only. Returns TUOYU_OK where it is
 * none of these. */
static tuoyu_status report_line(struct location where, tuoyu_diagnostics *diagnostics)
{
    for (int i = 0; i < 2; i++) {
        struct written_line line = line_of(where, i > 0);
        if (has_wide_colon(line.where))
            return report(diagnostics, TUOYU_ERROR_SYNTAX, line.where,
                          TEXT("write ': ' after a key, not the full-width '：'"),
                          "a key without ': ' after it");
        if (lacks_space(line.text))
            return report(diagnostics, TUOYU_ERROR_SYNTAX, line.where, TEXT("write a space behind the colon"),
                          "a key without ': ' after it");
        if (has_wide_bracket(line.text))
            return report(diagnostics, TUOYU_ERROR_SYNTAX, line.where, TEXT("write `{`, `}`, `[`, `]`"),
                          "full-width brackets are letters here");
        if (is_tight_item(line.text))
            return report(diagnostics, TUOYU_ERROR_SYNTAX, line.where, TEXT("write `- ` with a space"),
                          "an item of a list begins with '- '");
    }
    return TUOYU_OK;
}

/* The byte at a location, or NUL behind the end of the text. */
static char character_at(struct location where)
{
    return where.offset < where.source->content.length ? where.source->content.bytes[where.offset] : '\0';
}

/* Reports a syntax error at `where`; context is where libyaml says that the construct began. Returns
 * TUOYU_ERROR_SYNTAX. */
static tuoyu_status report_problem(const yaml_parser_t *parser, struct location where,
                                   struct location context, tuoyu_diagnostics *diagnostics)
{
    bool is_start = begins(parser->problem, "found character that cannot start");
    if (is_start && character_at(where) == '\t')
        return report(diagnostics, TUOYU_ERROR_SYNTAX, where, TEXT("use spaces"), "a tab cannot indent");
    tuoyu_status status = report_line(where, diagnostics);
    if (status != TUOYU_OK)
        return status;
    if (parser->context && has_wide_colon(context))
        return report(diagnostics, TUOYU_ERROR_SYNTAX, where,
                      TEXT("write ': ' after a key, not the full-width '：'"), "a key without ': ' after it");
    for (size_t i = 0; i < sizeof PROBLEMS / sizeof *PROBLEMS; i++)
        if (begins(parser->problem, PROBLEMS[i].problem))
            return report(diagnostics, TUOYU_ERROR_SYNTAX, where,
                          text_of(PROBLEMS[i].hint, TUOYU_NUL_TERMINATED), "%s", PROBLEMS[i].message);
    return report(diagnostics, TUOYU_ERROR_SYNTAX, where, TEXT(""), "not YAML: %s",
                  parser->problem ? parser->problem : "it cannot be read");
}

tuoyu_status yaml_error_report(const yaml_parser_t *parser, struct yaml_text *text,
                               tuoyu_diagnostics *diagnostics)
{
    if (parser->error == YAML_MEMORY_ERROR)
        return TUOYU_ERROR_NO_MEMORY;
    if (parser->error == YAML_READER_ERROR) {
        struct location nowhere = {.source = NULL};
        return report(diagnostics, TUOYU_ERROR_ENCODING, nowhere, TEXT("save the text as UTF-8"),
                      "not UTF-8");
    }
    struct location where =
        yaml_text_location(text, parser->problem_mark.index, parser->problem_mark.index + 1);
    struct location context =
        yaml_text_location(text, parser->context_mark.index, parser->context_mark.index + 1);
    bool is_open = begins(parser->problem, "found unexpected end of stream") ||
                   begins(parser->problem, "found unexpected document indicator");
    if (is_open && parser->context)
        where = context; /* what is not closed is mended where it begins */
    tuoyu_status status = report_problem(parser, where, context, diagnostics);
    if (parser->context && context.offset != where.offset)
        report_note(diagnostics, context, "it belongs to what begins here");
    return status;
}
