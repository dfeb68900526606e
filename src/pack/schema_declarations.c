/* SPDX-License-Identifier: Apache-2.0 */
/* The sections of the pack format that declare things: sources, entities, facts, parameters, overrides,
 * definitions and decision tables. */
#include "pack/schema_parts.h"

/* ---- Sources, entities, facts ---- */

static const struct schema_field SOURCE_FIELDS[] = {
    {"title", &SCHEMA_LOCALISED, REQUIRED, "the document"},
    {"number", &SCHEMA_TEXT, OPTIONAL, "its number (文号)"},
    {"date", &SCHEMA_DATE, OPTIONAL, "when it was issued"},
    {"url", &SCHEMA_TEXT, OPTIONAL, "where it can be read"},
    {"note", &SCHEMA_LOCALISED, OPTIONAL, "a remark"},
};
static const struct schema_type SOURCE = {.name = "source",
                                          FIELDS(SOURCE_FIELDS),
                                          .documentation =
                                              "A document that numbers and clauses are cited from."};
const struct schema_type SCHEMA_SOURCES = {.name = "sources", .values = &SOURCE, .keys = SCALAR_NAME};

static const struct schema_field PROMISE_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED, "its name, once in the entity: `entity.id` in findings"},
    {"that", &SCHEMA_EXPRESSION, REQUIRED,
     "what holds of every record, over its own facts and parameters: `institution.inclusive_places <= "
     "institution.places`"},
    {"because", &SCHEMA_LOCALISED, OPTIONAL, "the same in words, which findings show"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "the clause that lays it down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "how well founded it is"},
};
static const struct schema_type PROMISE = {
    .name = "promise",
    FIELDS(PROMISE_FIELDS),
    .documentation =
        "What holds of every record of the entity. A record for which it is false is in error, wherever it "
        "is "
        "used by a rule of this pack or of one that uses it: it counts as unknown on a board, is not "
        "answered, "
        "admitted or paid, and is told. Where facts are missing, so that it cannot be told, the record is "
        "used, and a board counts how many those are."};
static const struct schema_type PROMISES = {.name = "promises", .items = &PROMISE};

static const struct schema_field ENTITY_FIELDS[] = {
    {"label", &SCHEMA_LOCALISED, REQUIRED, "what people call it"},
    {"counter", &SCHEMA_TEXT, OPTIONAL,
     "the Chinese counter word (量词) that goes before it after a number: `家` of 3家托育机构; 个 if not "
     "given"},
    {"require", &PROMISES, OPTIONAL, "what holds of every record of it"},
};
static const struct schema_type ENTITY = {.name = "entity",
                                          FIELDS(ENTITY_FIELDS),
                                          .documentation = "What facts are about; here it gets its label."};
const struct schema_type SCHEMA_ENTITIES = {.name = "entities", .values = &ENTITY, .keys = SCALAR_NAME};

static const char *const FACT_TYPE_WORDS[] = {"boolean", "integer", "number", "money", "percent",
                                              "date",    "string",  "enum",   NULL};
static const struct schema_type FACT_TYPE = {
    .name = "fact_type", .scalar = SCALAR_WORD, .words = FACT_TYPE_WORDS};
static const struct schema_type ENUM_VALUES = {.name = "enum_values",
                                               .items = &SCHEMA_TEXT,
                                               .values = &SCHEMA_LOCALISED,
                                               .keys = SCALAR_TEXT,
                                               .documentation =
                                                   "A list of ids, or a mapping from each id to its label. "
                                                   "An id is what expressions compare with: `\"public\"`."};
static const struct schema_field FACT_FIELDS[] = {
    {"type", &FACT_TYPE, REQUIRED, "how the fact is read"},
    {"label", &SCHEMA_LOCALISED, OPTIONAL, "what people call it"},
    {"unit", &SCHEMA_UNIT, OPTIONAL, "required for money; for integer and number if there is one"},
    {"values", &ENUM_VALUES, OPTIONAL, "of an enum: what it can be"},
    {"range", &SCHEMA_RANGE, OPTIONAL, "of numbers and dates: from where to where"},
    {"scale", &SCHEMA_WHOLE, OPTIONAL, "decimals that may be given: money 2, integer 0, else 6"},
    {"nullable", &SCHEMA_BOOLEAN, OPTIONAL,
     "whether `null` may be given, which says that there is none; a fact not given is missing"},
    {"held_by", &SCHEMA_LOCALISED, OPTIONAL,
     "who has it, such as the office that keeps the register; told where the fact is missing. The words of a "
     "pack below go before those of a pack above"},
    {"note", &SCHEMA_LOCALISED, OPTIONAL, "a remark"},
};
static const struct schema_type FACT = {
    .name = "fact",
    FIELDS(FACT_FIELDS),
    .documentation = "Something to ask about a case; `entity.fact` in expressions. White space around what "
                     "is given is no part of it, in files, cases, tables and calls alike; a text that holds "
                     "a control character or a mark that turns the direction of writing is refused."};
static const struct schema_type ENTITY_FACTS = {
    .name = "facts_of_an_entity", .values = &FACT, .keys = SCALAR_NAME};
const struct schema_type SCHEMA_FACTS = {.name = "facts", .values = &ENTITY_FACTS, .keys = SCALAR_NAME};

/* ---- Parameters ---- */

static const struct schema_field DATED_VALUE_FIELDS[] = {
    {"value", &SCHEMA_SCALAR_VALUE, OPTIONAL, "in the declared unit; required unless `end`"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "required, here or at the parameter, unless assumed"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "required, here or at the parameter"},
    {"note", &SCHEMA_LOCALISED, OPTIONAL, "a remark; what is assumed has a cite or a note that says why"},
    {"end", &SCHEMA_BOOLEAN, OPTIONAL, "`true`: from this day the parameter is no longer in force"},
};
static const struct schema_type DATED_VALUE = {.name = "dated_value", FIELDS(DATED_VALUE_FIELDS)};
static const struct schema_type DATED_VALUES = {
    .name = "dated_values",
    .values = &DATED_VALUE,
    .keys = SCALAR_DATE,
    .documentation = "By the first day on which a value holds; it holds until the next one's."};
static const char *const PARAMETER_TYPE_WORDS[] = {"number", "integer", "boolean", "date", "string", NULL};
static const struct schema_type PARAMETER_TYPE = {
    .name = "parameter_type", .scalar = SCALAR_WORD, .words = PARAMETER_TYPE_WORDS};
static const struct schema_field DELEGATION_FIELDS[] = {
    {"to", &SCHEMA_LOCALISED, REQUIRED, "who sets it, such as the governments of counties"},
    {"at_least", &SCHEMA_SCALAR_VALUE, OPTIONAL, "it may not be set below this, in the declared unit"},
    {"at_most", &SCHEMA_SCALAR_VALUE, OPTIONAL, "it may not be set above this"},
    {"cite", &SCHEMA_CITE, OPTIONAL,
     "where it is laid down; required, here or at the parameter, unless assumed"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "of the bounds; cited if there is a cite"},
    {"note", &SCHEMA_LOCALISED, OPTIONAL, "a remark"},
};
static const struct schema_type DELEGATION = {
    .name = "delegation",
    FIELDS(DELEGATION_FIELDS),
    .documentation = "The packs below set the parameter, under `overrides`, within the bounds; until one "
                     "does, it is unset, and an answer that needs it says who has to set it."};
static const struct schema_field PARAMETER_FIELDS[] = {
    {"label", &SCHEMA_LOCALISED, OPTIONAL, "what people call it"},
    {"type", &PARAMETER_TYPE, OPTIONAL, "number if not given"},
    {"unit", &SCHEMA_UNIT, OPTIONAL, "of its values"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "of all values that have none of their own"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "of all values that have none of their own"},
    {"note", &SCHEMA_LOCALISED, OPTIONAL, "a remark"},
    {"values", &DATED_VALUES, OPTIONAL, "either these, `unset` or `delegated`"},
    {"unset", &SCHEMA_LOCALISED, OPTIONAL,
     "why there is no value yet; using it makes an answer undetermined"},
    {"delegated", &DELEGATION, OPTIONAL, "that the packs below set it"},
};
static const struct schema_type PARAMETER = {
    .name = "parameter", FIELDS(PARAMETER_FIELDS), .documentation = "A number of the law, dated and cited."};
const struct schema_type SCHEMA_PARAMETERS = {
    .name = "parameters", .values = &PARAMETER, .keys = SCALAR_NAME};

static const struct schema_field OVERRIDE_FIELDS[] = {
    {"cite", &SCHEMA_CITE, OPTIONAL, "of all values that have none of their own"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "of all values that have none of their own"},
    {"note", &SCHEMA_LOCALISED, OPTIONAL, "a remark"},
    {"values", &DATED_VALUES, OPTIONAL, "either these or `unset`"},
    {"unset", &SCHEMA_LOCALISED, OPTIONAL, "why it has no value here"},
};
static const struct schema_type OVERRIDE = {
    .name = "override",
    FIELDS(OVERRIDE_FIELDS),
    .documentation =
        "Other values for a parameter of a pack that this one uses; type and unit are that one's."};
const struct schema_type SCHEMA_OVERRIDES = {.name = "overrides", .values = &OVERRIDE, .keys = SCALAR_NAME};

/* ---- Definitions and tables ---- */

static const struct schema_field DEFINITION_FIELDS[] = {
    {"formula", &SCHEMA_EXPRESSION, REQUIRED, "what it is"},
    {"label", &SCHEMA_LOCALISED, OPTIONAL, "what people call it"},
    {"unit", &SCHEMA_UNIT, OPTIONAL, "for showing it"},
    {"round", &SCHEMA_ROUNDING, OPTIONAL, "how it is rounded"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "how well founded it is"},
    {"note", &SCHEMA_LOCALISED, OPTIONAL, "a remark"},
};
static const struct schema_type DEFINITION = {.name = "definition",
                                              .scalar = SCALAR_EXPRESSION,
                                              FIELDS(DEFINITION_FIELDS),
                                              .documentation = "A named expression that rules share."};
const struct schema_type SCHEMA_DEFINITIONS = {
    .name = "definitions", .values = &DEFINITION, .keys = SCALAR_NAME};

static const char *const HIT_WORDS[] = {"U", "A", "P", "F", "R", "O", "C", "C+", "C<", "C>", "C#", NULL};
static const struct schema_type HIT_POLICY = {
    .name = "hit_policy",
    .scalar = SCALAR_WORD,
    .words = HIT_WORDS,
    .documentation = "U one row fits; A all that fit agree; F the first; P the one of highest priority; R, O "
                     "lists; C, C+, C<, C>, C# collections."};
static const struct schema_field TABLE_INPUT_FIELDS[] = {
    {"expression", &SCHEMA_EXPRESSION, REQUIRED, "what the cells test"},
    {"label", &SCHEMA_LOCALISED, OPTIONAL, "what people call it"},
};
static const struct schema_type TABLE_INPUT = {
    .name = "table_input", .scalar = SCALAR_EXPRESSION, FIELDS(TABLE_INPUT_FIELDS)};
static const struct schema_type TABLE_INPUTS = {.name = "table_inputs", .items = &TABLE_INPUT};
static const struct schema_field TABLE_OUTPUT_FIELDS[] = {
    {"name", &SCHEMA_NAME, REQUIRED, "`table.name` in expressions where there are several"},
    {"values", &SCHEMA_TEXTS, OPTIONAL,
     "what it can be, the highest priority first; cells are then bare values of the list"},
    {"unit", &SCHEMA_UNIT, OPTIONAL, "percent: cells are in percent"},
    {"label", &SCHEMA_LOCALISED, OPTIONAL, "what people call it"},
};
static const struct schema_type TABLE_OUTPUT = {
    .name = "table_output", .scalar = SCALAR_NAME, FIELDS(TABLE_OUTPUT_FIELDS)};
static const struct schema_type TABLE_OUTPUTS = {.name = "table_outputs", .items = &TABLE_OUTPUT};
static const struct schema_type CELLS = {.name = "cells",
                                         .scalar = SCALAR_EXPRESSION,
                                         .items = &SCHEMA_EXPRESSION,
                                         .documentation =
                                             "One a column, in a list; a single one may stand alone."};
static const struct schema_field ROW_FIELDS[] = {
    {"when", &CELLS, REQUIRED, "FEEL unary tests, one an input: `[6..12)`, `< 3`, `-` for any, `\"public\"`"},
    {"then", &CELLS, REQUIRED, "one an output: FEEL, or a bare value of the output's list"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "of this row"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "of this row"},
    {"note", &SCHEMA_LOCALISED, OPTIONAL, "a remark"},
};
static const struct schema_type ROW = {.name = "row", FIELDS(ROW_FIELDS)};
static const struct schema_type ROWS = {.name = "rows", .items = &ROW};
static const struct schema_field TABLE_FIELDS[] = {
    {"label", &SCHEMA_LOCALISED, OPTIONAL, "what people call it"},
    {"hit", &HIT_POLICY, OPTIONAL, "U if not given"},
    {"inputs", &TABLE_INPUTS, REQUIRED, "the columns that are tested"},
    {"outputs", &TABLE_OUTPUTS, REQUIRED, "the columns that come out"},
    {"rows", &ROWS, REQUIRED, "in the order in which they are tried"},
    {"default", &CELLS, OPTIONAL, "what comes out where no row fits; without it that is an error"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "of rows that have none of their own"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "of rows that have none of their own"},
    {"note", &SCHEMA_LOCALISED, OPTIONAL, "a remark"},
};
static const struct schema_type TABLE = {
    .name = "table", FIELDS(TABLE_FIELDS), .documentation = "A decision table of DMN."};
const struct schema_type SCHEMA_TABLES = {.name = "tables", .values = &TABLE, .keys = SCALAR_NAME};
