/* SPDX-License-Identifier: Apache-2.0 */
/* Writes DMN's item definitions out as types of FEEL. Definitions may name each other; beyond a depth a type
 * is `Any`. */
#include "cli/item_definitions.h"

#include <stdlib.h>
#include <string.h>

#include "cli/allocation.h"
#include "cli/typed_value.h"

enum { DEEPEST = 16 };

static char *text_of_name(const struct item_definitions *definitions, const char *name, int depth);

/* Puts a part behind a text. Frees both; the caller frees the result. */
static char *joined(char *text, char *part)
{
    char *result = must_format("%s%s", text, part);
    free(text);
    free(part);
    return result;
}

static char *text_of_definition(const struct item_definitions *definitions, tuoyu_value *definition,
                                int depth);

/* The type of a part of a definition, which is a definition itself, the name of one, or null for any. The
 * caller frees the texts that this and the functions below return. */
static char *text_of_part(const struct item_definitions *definitions, tuoyu_value *part, int depth)
{
    const char *text;
    size_t length;
    if (tuoyu_value_kind(part) == TUOYU_VALUE_CONTEXT)
        return text_of_definition(definitions, part, depth);
    if (tuoyu_value_get_string(part, &text, &length) != TUOYU_OK)
        return must_copy("Any", 3);
    char *name = must_copy(text, length);
    char *result = text_of_name(definitions, name, depth);
    free(name);
    return result;
}

/* The type of a context with these components. */
static char *text_of_components(const struct item_definitions *definitions, tuoyu_value *components,
                                int depth)
{
    char *result = must_copy("context<", 8);
    for (size_t i = 0; i < tuoyu_value_count(components); i++) {
        const char *name;
        size_t length;
        tuoyu_value *component = NULL;
        tuoyu_value_entry_name(components, i, &name, &length);
        must_have_memory(tuoyu_value_item(components, i, &component));
        result = joined(result, must_format("%s%.*s: ", i ? ", " : "", (int)length, name));
        result = joined(result, text_of_part(definitions, component, depth));
        tuoyu_value_unref(component);
    }
    return joined(result, must_copy(">", 1));
}

/* The type of a function with these parameters and this output. */
static char *text_of_function(const struct item_definitions *definitions, tuoyu_value *function, int depth)
{
    char *result = must_copy("function<", 9);
    tuoyu_value *parameters = entry_of(function, "parameters"), *output = entry_of(function, "output");
    for (size_t i = 0; i < tuoyu_value_count(parameters); i++) {
        tuoyu_value *parameter = NULL;
        must_have_memory(tuoyu_value_item(parameters, i, &parameter));
        tuoyu_value *type = entry_of(parameter, "type");
        if (i)
            result = joined(result, must_copy(", ", 2));
        result = joined(result, text_of_part(definitions, type, depth));
        tuoyu_value_unref(type);
        tuoyu_value_unref(parameter);
    }
    result = joined(joined(result, must_copy(">->", 3)), text_of_part(definitions, output, depth));
    tuoyu_value_unref(parameters);
    tuoyu_value_unref(output);
    return result;
}

/* The type of a definition as FEEL writes it. The caller frees it. */
static char *text_of_definition(const struct item_definitions *definitions, tuoyu_value *definition,
                                int depth)
{
    tuoyu_value *components = entry_of(definition, "components"),
                *function = entry_of(definition, "function");
    tuoyu_value *type = entry_of(definition, "type"), *collection = entry_of(definition, "collection");
    char *result;
    if (tuoyu_value_kind(components) == TUOYU_VALUE_CONTEXT)
        result = text_of_components(definitions, components, depth);
    else if (tuoyu_value_kind(function) == TUOYU_VALUE_CONTEXT)
        result = text_of_function(definitions, function, depth);
    else
        result = text_of_part(definitions, type, depth);
    bool is_collection = false;
    if (tuoyu_value_get_boolean(collection, &is_collection) == TUOYU_OK && is_collection)
        result = joined(joined(must_copy("list<", 5), result), must_copy(">", 1));
    tuoyu_value_unref(components);
    tuoyu_value_unref(function);
    tuoyu_value_unref(type);
    tuoyu_value_unref(collection);
    return result;
}

/* The type that FEEL itself has under a name, whose prefix before a colon does not count, or NULL. */
static const char *plain_type(const char *name)
{
    static const char *const NAMES[] = {"Any",
                                        "boolean",
                                        "number",
                                        "string",
                                        "date",
                                        "time",
                                        "date and time",
                                        "dateTime",
                                        "years and months duration",
                                        "yearMonthDuration",
                                        "days and time duration",
                                        "dayTimeDuration",
                                        "list",
                                        "context",
                                        "range",
                                        "function"};
    const char *colon = strrchr(name, ':');
    if (colon)
        name = colon + 1;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (strcmp(NAMES[i], name) == 0)
            return NAMES[i];
    return NULL;
}

/* The type of a name: a definition, or FEEL's own, or `Any`. The caller frees it. */
static char *text_of_name(const struct item_definitions *definitions, const char *name, int depth)
{
    tuoyu_value *definition = depth < DEEPEST ? entry_of(definitions->context, name) : NULL;
    if (definition) {
        char *result = text_of_definition(definitions, definition, depth + 1);
        tuoyu_value_unref(definition);
        return result;
    }
    const char *plain = plain_type(name);
    return must_format("%s", plain ? plain : "Any");
}

char *item_definitions_type_text(const struct item_definitions *definitions, const char *name)
{
    return text_of_name(definitions, name, 0);
}

void item_definitions_read(struct item_definitions *definitions, tuoyu_value *context)
{
    *definitions = (struct item_definitions){.context = tuoyu_value_ref(context)};
    size_t count = tuoyu_value_count(context);
    definitions->types = must_resize(NULL, count, sizeof *definitions->types);
    for (size_t i = 0; i < count; i++) {
        tuoyu_named_type *type = &definitions->types[definitions->count];
        tuoyu_value *definition = NULL;
        tuoyu_value_entry_name(context, i, &type->name, &type->name_length);
        must_have_memory(tuoyu_value_item(context, i, &definition));
        type->type = text_of_definition(definitions, definition, 1);
        type->type_length = TUOYU_NUL_TERMINATED;
        tuoyu_value_unref(definition);
        definitions->count++;
    }
}

/* Frees the types and gives the context back. */
void item_definitions_free(struct item_definitions *definitions)
{
    for (size_t i = 0; i < definitions->count; i++)
        free((void *)(uintptr_t)definitions->types[i].type);
    free(definitions->types);
    tuoyu_value_unref(definitions->context);
}

tuoyu_expression_options item_definitions_options(const struct item_definitions *definitions)
{
    return (tuoyu_expression_options){.size = sizeof(tuoyu_expression_options),
                                      .types = definitions->types,
                                      .type_count = definitions->count};
}
