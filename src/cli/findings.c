/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the library's findings on stderr, all of them or only new ones, or puts them into one line. */
#include "cli/findings.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/language.h"

static const char EXCERPT_INDENT[] = "    ";

void print_findings(const tuoyu_diagnostics *diagnostics)
{
    tuoyu_text *text = NULL;
    must_have_memory(tuoyu_diagnostics_to_text(diagnostics, &text));
    fputs(tuoyu_text_bytes(text), stderr);
    tuoyu_text_free(text);
}

/* The length of the finding that begins at text: its first line and the indented ones (line and caret) below
 * it. */
static size_t finding_length(const char *text)
{
    const char *end = text;
    do {
        const char *line_end = strchr(end, '\n');
        end = line_end ? line_end + 1 : end + strlen(end);
    } while (*end && strncmp(end, EXCERPT_INDENT, sizeof EXCERPT_INDENT - 1) == 0);
    return (size_t)(end - text);
}

/* Whether the finding was not seen before; it then counts as seen. */
static bool is_new(struct seen_findings *seen, const char *text, size_t length)
{
    for (size_t i = 0; i < seen->texts.count; i++)
        if (strlen(seen->texts.items[i]) == length && memcmp(seen->texts.items[i], text, length) == 0)
            return false;
    word_list_add(&seen->texts, must_copy(text, length));
    return true;
}

void print_new_findings(const tuoyu_diagnostics *diagnostics, struct seen_findings *seen)
{
    tuoyu_text *text = NULL;
    must_have_memory(tuoyu_diagnostics_to_text(diagnostics, &text));
    for (const char *at = tuoyu_text_bytes(text); *at;) {
        size_t length = finding_length(at);
        if (is_new(seen, at, length))
            fwrite(at, 1, length, stderr);
        at += length;
    }
    tuoyu_text_free(text);
}

/* Frees the texts of all findings seen. */
void seen_findings_free(struct seen_findings *seen)
{
    word_list_free_words(&seen->texts);
}

char *problem_of_line(size_t line, const char *problem, size_t length)
{
    bool is_chinese = strcmp(output_language(), "zh") == 0;
    return must_format(is_chinese ? "第%zu行：%.*s" : "line %zu: %.*s", line, (int)length, problem);
}

char *findings_in_one_line(const tuoyu_diagnostics *diagnostics)
{
    char *line = must_copy("", 0);
    add_findings(&line, diagnostics, 0);
    return line;
}

void add_findings(char **line, const tuoyu_diagnostics *diagnostics, size_t first)
{
    static const char *const ENGLISH[] = {"; ", " (", ")"}, *const CHINESE[] = {"；", "（", "）"};
    for (size_t i = first; i < tuoyu_diagnostics_count(diagnostics); i++) {
        tuoyu_diagnostic item;
        if (tuoyu_diagnostics_get(diagnostics, i, &item) != TUOYU_OK)
            continue;
        if (strstr(*line, item.message))
            continue; /* several tallies say the same of a row */
        const char *const *around = strcmp(output_language(), "zh") == 0 ? CHINESE : ENGLISH;
        char *longer = must_format("%s%s%s%s%s%s", *line, **line ? around[0] : "", item.message,
                                   *item.hint ? around[1] : "", item.hint, *item.hint ? around[2] : "");
        free(*line);
        *line = longer;
    }
}
