/* SPDX-License-Identifier: Apache-2.0 */
/* Asks the policy what a fact may be: its kind, the words for its unit, its values with their labels. */
#include "cli/cell_type.h"

#include <stdlib.h>
#include <string.h>

/* The kind of cells by the name of the fact's type. */
static enum cell_kind kind_of_type(const char *type)
{
    static const struct {
        const char *type;
        enum cell_kind kind;
    } KINDS[] = {{"boolean", CELL_BOOLEAN}, {"integer", CELL_NUMBER},  {"number", CELL_NUMBER},
                 {"money", CELL_NUMBER},    {"percent", CELL_PERCENT}, {"date", CELL_DATE},
                 {"enum", CELL_ENUM}};
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (strcmp(KINDS[i].type, type) == 0)
            return KINDS[i].kind;
    return CELL_TEXT;
}

/* Adds a way to write the unit, of which a copy is made. */
static void add_unit(struct cell_type *type, const char *unit, size_t length)
{
    if (length)
        word_list_add(&type->units, must_copy(unit, length));
}

/* Adds the unit in the words of a language. Of money by the month, the money alone does, too: `1800元` in a
 * column of 元/月 can mean nothing else. */
static void add_unit_in(struct cell_type *type, const tuoyu_policy *policy, const char *unit,
                        const char *language)
{
    tuoyu_text *words = NULL;
    must_have_memory(tuoyu_policy_unit_to_text(policy, unit, TUOYU_NUL_TERMINATED, language, &words));
    const char *bytes = tuoyu_text_bytes(words);
    size_t length = tuoyu_text_length(words), first = strcspn(bytes, "/");
    add_unit(type, bytes, length);
    if (type->is_in_yuan && first < length)
        add_unit(type, bytes, first);
    tuoyu_text_free(words);
}

/* Adds all ways to write the unit of a fact. */
static void add_units(struct cell_type *type, const tuoyu_policy *policy, const char *unit)
{
    static const char YUAN[] = "CNY";
    size_t length = sizeof YUAN - 1;
    type->is_in_yuan = strncmp(unit, YUAN, length) == 0 && (!unit[length] || unit[length] == '/');
    add_unit(type, unit, strlen(unit));
    if (type->is_in_yuan && unit[length])
        add_unit(type, YUAN, length);
    if (!*unit)
        return;
    add_unit_in(type, policy, unit, "zh");
    add_unit_in(type, policy, unit, "en");
}

/* Fills the values of an enum. */
static void add_values(struct cell_type *type, const tuoyu_policy *policy, size_t fact)
{
    const char *name;
    while ((name = tuoyu_policy_fact_value(policy, fact, type->value_count)) != NULL) {
        size_t index = type->value_count++;
        type->values = must_resize(type->values, type->value_count, sizeof *type->values);
        type->values[index] =
            (struct cell_value){.name = name,
                                .length = strlen(name),
                                .zh = tuoyu_policy_fact_value_label(policy, fact, index, "zh"),
                                .en = tuoyu_policy_fact_value_label(policy, fact, index, "en")};
    }
}

void cell_type_of_fact(struct cell_type *type, const tuoyu_policy *policy, size_t fact)
{
    *type = (struct cell_type){.kind = kind_of_type(tuoyu_policy_fact_type(policy, fact))};
    if (type->kind == CELL_NUMBER)
        add_units(type, policy, tuoyu_policy_fact_unit(policy, fact));
    if (type->kind == CELL_ENUM)
        add_values(type, policy, fact);
}

void cell_type_free(struct cell_type *type)
{
    word_list_free_words(&type->units);
    free(type->values);
    *type = (struct cell_type){.kind = CELL_TEXT};
}
