/* SPDX-License-Identifier: Apache-2.0 */
/* DMN's item definitions, written out as FEEL types. */
#ifndef TUOYU_CLI_ITEM_DEFINITIONS_H
#define TUOYU_CLI_ITEM_DEFINITIONS_H

#include <tuoyu/feel.h>

struct item_definitions {
    tuoyu_value *context; /* name to {type, collection, components, function} */
    tuoyu_named_type *types;
    size_t count;
};

/* context: a mapping of definitions by name, or NULL for none. */
void item_definitions_read(struct item_definitions *definitions, tuoyu_value *context);
void item_definitions_free(struct item_definitions *definitions);

/* A type's name, or FEEL's name for it, as FEEL writes it out; as malloc gives it. */
char *item_definitions_type_text(const struct item_definitions *definitions, const char *name);
/* Options with the definitions as named types; they live as long as definitions. */
tuoyu_expression_options item_definitions_options(const struct item_definitions *definitions);

#endif
