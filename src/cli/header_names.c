/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the facts that the columns of a header give. */
#include "cli/header_names.h"

#include <stdlib.h>
#include <string.h>

#include "cli/tell.h"

/* Finds a fact by its name; false where the packs have none. */
static bool find_fact(const tuoyu_policy *policy, const char *name, size_t *fact)
{
    for (*fact = 0; *fact < tuoyu_policy_fact_count(policy); (*fact)++)
        if (strcmp(tuoyu_policy_fact_name(policy, *fact), name) == 0)
            return true;
    return false;
}

/* Finds a fact of the entity by its name without it. */
static bool find_fact_of_entity(const struct header_names *names, const char *column, size_t *fact)
{
    if (!names->entity)
        return false;
    char *name = must_format("%s.%s", names->entity, column);
    bool is_found = find_fact(names->policy, name, fact);
    free(name);
    return is_found;
}

/* The fact that the map has for a column, or NULL. */
static const char *mapped_fact(const struct intake *intake, const char *column)
{
    for (size_t i = 0; i < intake->mapped.count; i += 2)
        if (strcmp(intake->mapped.items[i], column) == 0)
            return intake->mapped.items[i + 1];
    return NULL;
}

/* Whether both are one text, in full width or not. */
static bool is_same_label(const char *label, const char *column)
{
    char first[CELL_LONGEST + 1], second[CELL_LONGEST + 1];
    size_t label_length = strlen(label), column_length = strlen(column);
    if (!label_length || label_length > CELL_LONGEST || column_length > CELL_LONGEST)
        return false;
    fold_width(label, label_length, first);
    fold_width(column, column_length, second);
    return strcmp(first, second) == 0;
}

/* Whether the column is the label of the fact, in one of the languages. */
static bool is_label(const struct header_names *names, size_t fact, const char *column)
{
    return is_same_label(tuoyu_policy_fact_label(names->policy, fact, "zh"), column) ||
           is_same_label(tuoyu_policy_fact_label(names->policy, fact, "en"), column);
}

/* Whether the fact is one of the entity. */
static bool is_of_entity(const struct header_names *names, size_t fact)
{
    const char *name = tuoyu_policy_fact_name(names->policy, fact);
    size_t length = names->entity ? strlen(names->entity) : 0;
    return length && strncmp(name, names->entity, length) == 0 && name[length] == '.';
}

/* Finds a fact by its label. A fact of the entity goes before those of others. */
static enum header_match find_label(const struct header_names *names, const char *column, size_t *fact)
{
    size_t count = 0, of_entity = 0, found = 0, found_of_entity = 0;
    for (size_t i = 0; i < tuoyu_policy_fact_count(names->policy); i++) {
        if (!is_label(names, i, column))
            continue;
        if (is_of_entity(names, i) && of_entity++ == 0)
            found_of_entity = i;
        if (count++ == 0)
            found = i;
    }
    *fact = of_entity == 1 ? found_of_entity : found;
    if (of_entity == 1 || count == 1)
        return HEADER_LABEL;
    return count ? HEADER_AMBIGUOUS : HEADER_NO_FACT;
}

enum header_match find_fact_of_column(const struct header_names *names, const char *column, size_t *fact)
{
    const char *mapped = mapped_fact(names->intake, column);
    if (mapped && (find_fact(names->policy, mapped, fact) || find_fact_of_entity(names, mapped, fact)))
        return HEADER_MAP;
    if (find_fact(names->policy, column, fact) || find_fact_of_entity(names, column, fact))
        return HEADER_NAME;
    bool is_known = names->known && strcmp(column, names->known) == 0;
    return is_known || names->intake->is_strict || !*column ? HEADER_NO_FACT
                                                            : find_label(names, column, fact);
}

char *facts_of_label(const struct header_names *names, const char *column)
{
    char *all = must_copy("", 0);
    for (size_t i = 0; i < tuoyu_policy_fact_count(names->policy); i++) {
        if (!is_label(names, i, column))
            continue;
        char *longer =
            must_format("%s%s%s", all, *all ? " or " : "", tuoyu_policy_fact_name(names->policy, i));
        free(all);
        all = longer;
    }
    return all;
}

bool map_is_wrong(const struct header_names *names)
{
    const struct word_list *mapped = &names->intake->mapped;
    size_t fact;
    for (size_t i = 0; i < mapped->count; i += 2) {
        const char *name = mapped->items[i + 1];
        if (find_fact(names->policy, name, &fact) || find_fact_of_entity(names, name, &fact))
            continue;
        tell("tuoyu: --map: %s is to give %s, which is no fact of these packs", mapped->items[i], name);
        return true;
    }
    return false;
}
