/* SPDX-License-Identifier: Apache-2.0 */
/* Makes values of FEEL from values that carry their type. */
#include "cli/typed_value.h"

#include <stdlib.h>
#include <string.h>

#include "cli/allocation.h"

tuoyu_value *entry_of(tuoyu_value *context, const char *name)
{
    tuoyu_value *entry = NULL;
    must_have_memory(tuoyu_value_entry(context, name, TUOYU_NUL_TERMINATED, &entry));
    return entry;
}

char *text_entry(tuoyu_value *context, const char *name, size_t length)
{
    tuoyu_value *entry = NULL;
    const char *text;
    size_t text_length;
    must_have_memory(tuoyu_value_entry(context, name, length, &entry));
    char *copy =
        tuoyu_value_get_string(entry, &text, &text_length) == TUOYU_OK ? must_copy(text, text_length) : NULL;
    tuoyu_value_unref(entry);
    return copy;
}

/* A new null. */
static tuoyu_value *null_value(void)
{
    tuoyu_value *value = NULL;
    must_have_memory(tuoyu_value_new_null(NULL, &value));
    return value;
}

/* A scalar of the type, or null where the value is none of that type. */
static tuoyu_value *typed_scalar(const char *type, tuoyu_value *given)
{
    static const struct {
        const char *type;
        int32_t kinds[2];
    } TYPES[] = {{"decimal", {TUOYU_VALUE_NUMBER}},
                 {"string", {TUOYU_VALUE_STRING}},
                 {"boolean", {TUOYU_VALUE_BOOLEAN}},
                 {"date", {TUOYU_VALUE_DATE}},
                 {"time", {TUOYU_VALUE_TIME}},
                 {"dateTime", {TUOYU_VALUE_DATE_TIME}},
                 {"duration", {TUOYU_VALUE_YEARS_MONTHS, TUOYU_VALUE_DAYS_TIME}}};
    tuoyu_text *text = NULL;
    tuoyu_value *value = NULL;
    must_have_memory(tuoyu_value_to_text(given, &text));
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        if (strcmp(TYPES[i].type, type) != 0)
            continue;
        for (size_t j = 0; j < 2 && !value && TYPES[i].kinds[j]; j++)
            must_have_memory(tuoyu_value_new_from_text(NULL, TYPES[i].kinds[j], tuoyu_text_bytes(text),
                                                       tuoyu_text_length(text), &value));
    }
    tuoyu_text_free(text);
    return value ? value : null_value();
}

/* A list or context whose items carry their types. The recursion is as deep as what was read, which is
 * bounded. */
static tuoyu_value *typed_collection(tuoyu_value *given)
{
    size_t count = tuoyu_value_count(given);
    bool is_list = tuoyu_value_kind(given) == TUOYU_VALUE_LIST;
    tuoyu_value **values = must_resize(NULL, count, sizeof *values);
    const char **names = must_resize(NULL, count, sizeof *names);
    size_t *lengths = must_resize(NULL, count, sizeof *lengths);
    tuoyu_value *made = NULL;
    for (size_t i = 0; i < count; i++) {
        tuoyu_value *item = NULL;
        must_have_memory(tuoyu_value_item(given, i, &item));
        values[i] = typed_value(item);
        tuoyu_value_unref(item);
        if (!is_list)
            tuoyu_value_entry_name(given, i, &names[i], &lengths[i]);
    }
    must_have_memory(is_list ? tuoyu_value_new_list(NULL, values, count, &made)
                             : tuoyu_value_new_context(NULL, names, lengths, values, count, &made));
    for (size_t i = 0; i < count; i++)
        tuoyu_value_unref(values[i]);
    free(values);
    free(names);
    free(lengths);
    return made;
}

tuoyu_value *typed_value(tuoyu_value *given)
{
    char *type = text_entry(given, "t", TUOYU_NUL_TERMINATED);
    tuoyu_value *value = entry_of(given, "v"), *made = NULL;
    bool is_collection = type && (strcmp(type, "list") == 0 || strcmp(type, "context") == 0);
    if (type && value && is_collection)
        made = typed_collection(value);
    else if (type && tuoyu_value_kind(value) != TUOYU_VALUE_NULL)
        made = typed_scalar(type, value);
    tuoyu_value_unref(value);
    free(type);
    return made ? made : null_value();
}
