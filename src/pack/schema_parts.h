/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that describe the pack format share: how a description is written, and the types that more
 * than one of them uses. */
#ifndef TUOYU_PACK_SCHEMA_PARTS_H
#define TUOYU_PACK_SCHEMA_PARTS_H

#include "pack/rule_sections.h"
#include "pack/schema.h"

/* Sets the fields of a schema_type from an array, with their number. */
#define FIELDS(array) .fields = (array), .field_count = sizeof(array) / sizeof *(array)
#define REQUIRED true
#define OPTIONAL false

/* schema_scalars.c */
extern const struct schema_type SCHEMA_TEXT;
extern const struct schema_type SCHEMA_EXPRESSION;
extern const struct schema_type SCHEMA_NAME;
extern const struct schema_type SCHEMA_PACK_ID;
extern const struct schema_type SCHEMA_RULE_NAME;
extern const struct schema_type SCHEMA_DATE;
extern const struct schema_type SCHEMA_PERIOD;
extern const struct schema_type SCHEMA_NUMBER;
extern const struct schema_type SCHEMA_WHOLE;
extern const struct schema_type SCHEMA_BOOLEAN;
extern const struct schema_type SCHEMA_UNIT;
extern const struct schema_type SCHEMA_CITE;
extern const struct schema_type SCHEMA_RANGE;
extern const struct schema_type SCHEMA_SCALAR_VALUE;
extern const struct schema_type SCHEMA_STANDING;
extern const struct schema_type SCHEMA_NAME_LIST;
extern const struct schema_type SCHEMA_TEXTS;
extern const struct schema_type SCHEMA_PACK_ID_LIST;
extern const struct schema_type SCHEMA_ANY;
extern const struct schema_type SCHEMA_LOCALISED;
extern const struct schema_type SCHEMA_ROUNDING;

/* schema_declarations.c */
extern const struct schema_type SCHEMA_SOURCES;
extern const struct schema_type SCHEMA_ENTITIES;
extern const struct schema_type SCHEMA_FACTS;
extern const struct schema_type SCHEMA_PARAMETERS;
extern const struct schema_type SCHEMA_OVERRIDES;
extern const struct schema_type SCHEMA_DEFINITIONS;
extern const struct schema_type SCHEMA_TABLES;

/* schema_rules.c */
#define TYPE(key, type, question) type
extern const struct schema_type RULE_SECTIONS(TYPE);
#undef TYPE

/* schema_examples.c */
extern const struct schema_type SCHEMA_EXAMPLES;

/* The keys that every kind of rule has. */
#define RULE_FIELDS                                                                                         \
    {"title", &SCHEMA_LOCALISED, REQUIRED, "what the rule decides"},                                        \
        {"when", &SCHEMA_EXPRESSION, OPTIONAL,                                                              \
         "it applies only if this is true; false makes it not applicable"},                                 \
        {"in_force", &SCHEMA_PERIOD, OPTIONAL, "within the pack's; the pack's if not given"},               \
        {"cite", &SCHEMA_CITE, OPTIONAL, "where the rule is laid down"},                                    \
        {"standing", &SCHEMA_STANDING, OPTIONAL, "of the formula; cited if there is a cite, else assumed"}, \
        {"objection", &SCHEMA_LOCALISED, OPTIONAL,                                                          \
         "where and until when one can object to a decision; the pack's if not given"},                     \
    {                                                                                                       \
        "note", &SCHEMA_LOCALISED, OPTIONAL, "a remark"                                                     \
    }

#endif
