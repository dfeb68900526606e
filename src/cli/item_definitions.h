/* SPDX-License-Identifier: Apache-2.0 */
/* DMN's item definitions, written out as FEEL types. */
#ifndef TUOYU_CLI_ITEM_DEFINITIONS_H
#define TUOYU_CLI_ITEM_DEFINITIONS_H

#include <tuoyu/feel.h>

/* The definitions of a conformance case. */
struct item_definitions {
    tuoyu_value *context;    /* name to {type, collection, components, function} */
    tuoyu_named_type *types; /* the same as named types, in FEEL */
    size_t count;
};

/* Reads the definitions from a mapping by name, or none from NULL. */
void item_definitions_read(struct item_definitions *definitions, tuoyu_value *context);
void item_definitions_free(struct item_definitions *definitions);

/* The type of a name, which is that of a definition or of FEEL itself, as FEEL writes it out; the caller
 * frees it. */
char *item_definitions_type_text(const struct item_definitions *definitions, const char *name);
/* Options with the definitions as named types; they live as long as the definitions. */
tuoyu_expression_options item_definitions_options(const struct item_definitions *definitions);

#endif
