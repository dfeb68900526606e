/* SPDX-License-Identifier: Apache-2.0 */
/* The pack format from the top: the keys of a pack. Each section is described in the schema_ file of its
 * name. */
#include "pack/schema_parts.h"

/* ---- The pack ---- */

#define SECTION(name, section, question)                          \
    {                                                             \
        .key = #name, .type = &section, .documentation = question \
    }
static const struct schema_field PACK_FIELDS[] = {
    {"tuoyu", &SCHEMA_WHOLE, REQUIRED, "the version of the format: 1; stands first"},
    {"id", &SCHEMA_PACK_ID, REQUIRED,
     "unique: segments from large to small, such as cn.chengdu.childcare-price"},
    {"title", &SCHEMA_LOCALISED, REQUIRED, "what the pack is about"},
    {"authority", &SCHEMA_LOCALISED, OPTIONAL, "who issued it"},
    {"in_force", &SCHEMA_PERIOD, REQUIRED,
     "when it holds; packs of one id whose times do not overlap are versions of one pack, and the as-of date "
     "chooses"},
    {"objection", &SCHEMA_LOCALISED, OPTIONAL,
     "where and until when one can object to a decision, for all rules that say nothing of their own"},
    {"note", &SCHEMA_LOCALISED, OPTIONAL, "a remark"},
    {"uses", &SCHEMA_PACK_ID_LIST, OPTIONAL, "packs above it, whose names it sees"},
    {"sources", &SCHEMA_SOURCES, OPTIONAL, "the documents cited"},
    {"entities", &SCHEMA_ENTITIES, OPTIONAL, "labels of what facts are about"},
    {"facts", &SCHEMA_FACTS, OPTIONAL, "typed inputs, by entity"},
    {"parameters", &SCHEMA_PARAMETERS, OPTIONAL, "dated values, each with its law"},
    {"definitions", &SCHEMA_DEFINITIONS, OPTIONAL, "named expressions; no cycles"},
    {"tables", &SCHEMA_TABLES, OPTIONAL, "decision tables"},
    RULE_SECTIONS(SECTION),
    {"overrides", &SCHEMA_OVERRIDES, OPTIONAL, "other values for parameters of packs above"},
    {"examples", &SCHEMA_EXAMPLES, OPTIONAL, "worked examples"},
};
#undef SECTION
const struct schema_type SCHEMA_PACK = {
    .name = "pack", FIELDS(PACK_FIELDS), .documentation = "One YAML document a pack."};
