/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a table with the columns that rules can need, and notes on what may stand in them. */
#include "cli/template_output.h"

#include <stdlib.h>
#include <string.h>

#include "cli/csv_writer.h"
#include "cli/fact_columns.h"
#include "cli/findings.h"
#include "cli/output_file.h"

/* What cells may be, by the type of their fact, in Chinese and English. */
static const struct {
    const char *type, *words[2];
} TYPES[] = {{"boolean", {"是 或 否", "yes or no"}},
             {"integer", {"整数", "a whole number"}},
             {"number", {"数", "a number"}},
             {"money", {"金额", "an amount"}},
             {"percent", {"百分数，如 80%", "a percentage such as 80%"}},
             {"date", {"日期，如 2024-01-31", "a date such as 2024-01-31"}},
             {"string", {"文字", "a text"}},
             {"enum", {"其一", "one of"}}};

/* Marks the facts that a rule can read; false after saying that there is no such rule. */
static bool mark_facts(const tuoyu_policy *policy, const char *rule, bool *is_needed)
{
    size_t index, count = tuoyu_policy_fact_count(policy);
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    bool good = must_have_memory(tuoyu_policy_find_rule(policy, rule, TUOYU_NUL_TERMINATED, &index,
                                                        diagnostics)) == TUOYU_OK;
    print_findings(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    if (!good)
        return false;
    bool *reads = must_resize(NULL, count, sizeof *reads);
    must_have_memory(tuoyu_policy_rule_facts(policy, index, reads));
    for (size_t i = 0; i < count; i++)
        is_needed[i] |= reads[i];
    free(reads);
    return true;
}

/* The heading of a fact's column: its label, where a reader finds the fact by it, else its name. */
static const char *heading(const tuoyu_policy *policy, size_t fact, const char *language)
{
    const struct intake intake = {.is_strict = false};
    const struct header_names names = {.policy = policy, .intake = &intake};
    const char *label = tuoyu_policy_fact_label(policy, fact, language);
    size_t found;
    bool is_found = *label && find_fact_of_column(&names, label, &found) == HEADER_LABEL && found == fact;
    return is_found ? label : tuoyu_policy_fact_name(policy, fact);
}

/* Adds a part to a text, which may move. */
static void add_part(char **text, const char *before, const char *part, const char *behind)
{
    char *longer = must_format("%s%s%s%s", *text, before, part, behind);
    free(*text);
    *text = longer;
}

/* Adds the values of an enum, each with its label. */
static void add_values(char **text, const tuoyu_policy *policy, size_t fact, const char *language)
{
    const char *name;
    for (size_t i = 0; (name = tuoyu_policy_fact_value(policy, fact, i)) != NULL; i++) {
        const char *label = tuoyu_policy_fact_value_label(policy, fact, i, language);
        add_part(text, i ? " / " : ": ", *label ? label : name, "");
    }
}

/* What may stand in the column of a fact: its type, values, unit and range. The caller frees it. */
static char *meaning(const tuoyu_policy *policy, size_t fact, const char *language)
{
    const char *type = tuoyu_policy_fact_type(policy, fact), *unit = tuoyu_policy_fact_unit(policy, fact),
               *range = tuoyu_policy_fact_range(policy, fact);
    char *text = must_copy("", 0);
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (strcmp(TYPES[i].type, type) == 0)
            add_part(&text, "", TYPES[i].words[strcmp(language, "en") == 0], "");
    add_values(&text, policy, fact, language);
    if (*unit && strcmp(type, "percent") != 0) {
        tuoyu_text *words = NULL;
        must_have_memory(tuoyu_policy_unit_to_text(policy, unit, TUOYU_NUL_TERMINATED, language, &words));
        add_part(&text, ", ", tuoyu_text_bytes(words), "");
        tuoyu_text_free(words);
    }
    if (*range)
        add_part(&text, ", ", range, "");
    return text;
}

/* Writes a note of the template, whose mark stands in front of its first cell. Takes over the text. */
static void write_note(struct csv_writer *writer, char *text)
{
    char *marked = must_format("%s%s", writer->in_row ? "" : TEMPLATE_NOTE, text);
    csv_write_field(writer, marked);
    free(marked);
    free(text);
}

/* Writes the rows: the headings, the names of the facts, what may stand in the columns. */
static void write_template_rows(struct csv_writer *writer, const tuoyu_policy *policy, const bool *is_needed,
                                const char *language)
{
    size_t count = tuoyu_policy_fact_count(policy);
    for (size_t i = 0; i < count; i++)
        if (is_needed[i])
            csv_write_field(writer, heading(policy, i, language));
    csv_end_row(writer);
    for (size_t i = 0; i < count; i++)
        if (is_needed[i])
            write_note(writer, must_format("%s", tuoyu_policy_fact_name(policy, i)));
    csv_end_row(writer);
    for (size_t i = 0; i < count; i++)
        if (is_needed[i])
            write_note(writer, meaning(policy, i, language));
    csv_end_row(writer);
}

bool write_template(const tuoyu_policy *policy, const struct word_list *rules,
                    const struct template_form *form, const char *path)
{
    bool *is_needed = must_resize(NULL, tuoyu_policy_fact_count(policy) + 1, sizeof *is_needed), good = true;
    struct csv_writer writer = {.is_for_spreadsheet = form->is_for_spreadsheet};
    struct output_file file;
    for (size_t i = 0; good && i < rules->count; i++)
        good = mark_facts(policy, rules->items[i], is_needed);
    good = good && output_file_open(&file, path);
    if (good) {
        write_template_rows(&writer, policy, is_needed, form->language);
        if (form->is_for_spreadsheet)
            output_file_write(&file, SPREADSHEET_MARK, sizeof SPREADSHEET_MARK - 1);
        output_file_write(&file, writer.bytes, writer.length);
        good = output_file_close(&file, true);
    }
    csv_writer_free(&writer);
    free(is_needed);
    return good;
}
