/* SPDX-License-Identifier: Apache-2.0 */
/* The pack format as a table. */
#include "pack/schema.h"

#define FIELDS(array) .fields = (array), .field_count = sizeof(array) / sizeof *(array)
#define REQUIRED true
#define OPTIONAL false

/* ---- Scalars ---- */

static const struct schema_type TEXT_TYPE = {.name = "text", .scalar = SCALAR_TEXT};
static const struct schema_type EXPRESSION = {.name = "expression",
                                              .scalar = SCALAR_EXPRESSION,
                                              .documentation =
                                                  "FEEL. Quote it, or use a `|` block, if it begins with a "
                                                  "bracket, brace or quote or holds `: ` or ` #`."};
static const struct schema_type NAME = {.name = "name",
                                        .scalar = SCALAR_NAME,
                                        .documentation =
                                            "A name that expressions can use: letters (Chinese too), digits "
                                            "and `_`, no digit first; at most 255 bytes."};
static const struct schema_type PACK_ID = {
    .name = "pack_id",
    .scalar = SCALAR_PACK_ID,
    .documentation = "Segments of small letters, digits and `-`, from large to small; at most 255 bytes."};
static const struct schema_type RULE_NAME = {.name = "rule_name", .scalar = SCALAR_RULE};
static const struct schema_type DATE = {.name = "date", .scalar = SCALAR_DATE};
static const struct schema_type PERIOD = {.name = "period",
                                          .scalar = SCALAR_PERIOD,
                                          .documentation =
                                              "Both days included; open-ended without a second one."};
static const struct schema_type NUMBER = {.name = "number", .scalar = SCALAR_NUMBER};
static const struct schema_type WHOLE = {.name = "whole_number", .scalar = SCALAR_WHOLE};
static const struct schema_type BOOLEAN = {.name = "boolean", .scalar = SCALAR_BOOLEAN};
static const struct schema_type UNIT = {
    .name = "unit",
    .scalar = SCALAR_UNIT,
    .documentation =
        "What a number counts, as a product of names with powers: `CNY`, `CNY/child/month`, `元/人/月`, "
        "`child*month`, `m2`, `1/month`, `percent`, `1` for a plain factor. "
        "`/` divides, `*` or `·` multiplies, `^2` or `²` is a power; `CNY/(child*month)` is "
        "`CNY/child/month`. "
        "At every border a number is in its unit, and inside expressions a percent is a hundredth. "
        "Answers have one text for each unit, whatever the pack wrote: money, then what is counted, then "
        "times."};
static const struct schema_type CITE = {
    .name = "cite",
    .scalar = SCALAR_CITE,
    .documentation =
        "The id of a source of this pack or of one that it uses, and the clause: `price_notice 第二条`."};
static const struct schema_type RANGE = {
    .name = "range",
    .scalar = SCALAR_RANGE,
    .documentation =
        "In the declared unit, in quotes: `\"[0..100]\"`, `\"(0..1]\"`, `\"[0..)\"` without upper end."};
static const struct schema_type SCALAR_VALUE = {.name = "value", .scalar = SCALAR_TEXT};

static const struct schema_type STATUS = {.name = "status",
                                          .scalar = SCALAR_WORD,
                                          .words = SCALAR_STATUS_WORDS,
                                          .documentation =
                                              "How well founded it is; the weakest marks the whole answer. "
                                              "Not given: cited if there is a cite, else assumed."};

static const struct schema_type NAME_LIST = {.name = "names", .items = &NAME};
static const struct schema_type TEXT_LIST = {.name = "texts", .items = &TEXT_TYPE, .may_be_empty = true};
static const struct schema_type PACK_ID_LIST = {.name = "pack_ids", .items = &PACK_ID};

/* Anything: facts as given. */
static const struct schema_type ANY = {.name = "anything",
                                       .scalar = SCALAR_ANY,
                                       .items = &ANY,
                                       .values = &ANY,
                                       .keys = SCALAR_ANY,
                                       .may_be_empty = true};

/* ---- Parts ---- */

static const struct schema_field LOCALISED_FIELDS[] = {
    {"zh", &TEXT_TYPE, OPTIONAL, "Chinese"},
    {"en", &TEXT_TYPE, OPTIONAL, "English"},
};
static const struct schema_type LOCALISED = {.name = "localised_text",
                                             .scalar = SCALAR_TEXT,
                                             FIELDS(LOCALISED_FIELDS),
                                             .documentation = "A plain text stands for both languages."};

static const char *const ROUNDING_WORDS[] = {"half up", "half down", "half even", "up",
                                             "down",    "floor",     "ceiling",   NULL};
static const struct schema_type ROUNDING_MODE = {
    .name = "rounding_mode", .scalar = SCALAR_WORD, .words = ROUNDING_WORDS};
static const struct schema_field ROUNDING_FIELDS[] = {
    {"to", &NUMBER, REQUIRED, "a multiple of this, above 0: 0.01 is a fen, 1 a yuan"},
    {"mode", &ROUNDING_MODE, REQUIRED, "which way; up and down are away from and towards zero"},
    {"cite", &CITE, OPTIONAL, "where the rounding is laid down"},
};
static const struct schema_type ROUNDING = {.name = "rounding",
                                            FIELDS(ROUNDING_FIELDS),
                                            .documentation =
                                                "Rounding happens where a pack says so, and nowhere else."};

/* ---- Sources, entities, facts ---- */

static const struct schema_field SOURCE_FIELDS[] = {
    {"title", &LOCALISED, REQUIRED, "the document"}, {"number", &TEXT_TYPE, OPTIONAL, "its number (文号)"},
    {"date", &DATE, OPTIONAL, "when it was issued"}, {"url", &TEXT_TYPE, OPTIONAL, "where it can be read"},
    {"note", &LOCALISED, OPTIONAL, "a remark"},
};
static const struct schema_type SOURCE = {.name = "source",
                                          FIELDS(SOURCE_FIELDS),
                                          .documentation =
                                              "A document that numbers and clauses are cited from."};
static const struct schema_type SOURCES = {.name = "sources", .values = &SOURCE, .keys = SCALAR_NAME};

static const struct schema_field ENTITY_FIELDS[] = {
    {"label", &LOCALISED, REQUIRED, "what people call it"},
    {"counter", &TEXT_TYPE, OPTIONAL,
     "the Chinese counter word (量词) that goes before it after a number: `家` of 3家托育机构; 个 if not "
     "given"},
};
static const struct schema_type ENTITY = {.name = "entity",
                                          FIELDS(ENTITY_FIELDS),
                                          .documentation = "What facts are about; here it gets its label."};
static const struct schema_type ENTITIES = {.name = "entities", .values = &ENTITY, .keys = SCALAR_NAME};

static const char *const FACT_TYPE_WORDS[] = {"boolean", "integer", "number", "money", "percent",
                                              "date",    "string",  "enum",   NULL};
static const struct schema_type FACT_TYPE = {
    .name = "fact_type", .scalar = SCALAR_WORD, .words = FACT_TYPE_WORDS};
static const struct schema_type ENUM_VALUES = {.name = "enum_values",
                                               .items = &TEXT_TYPE,
                                               .values = &LOCALISED,
                                               .keys = SCALAR_TEXT,
                                               .documentation =
                                                   "A list of ids, or a mapping from each id to its label. "
                                                   "An id is what expressions compare with: `\"public\"`."};
static const struct schema_field FACT_FIELDS[] = {
    {"type", &FACT_TYPE, REQUIRED, "how the fact is read"},
    {"label", &LOCALISED, OPTIONAL, "what people call it"},
    {"unit", &UNIT, OPTIONAL, "required for money; for integer and number if there is one"},
    {"values", &ENUM_VALUES, OPTIONAL, "of an enum: what it can be"},
    {"range", &RANGE, OPTIONAL, "of numbers and dates: from where to where"},
    {"scale", &WHOLE, OPTIONAL, "decimals that may be given: money 2, integer 0, else 6"},
    {"nullable", &BOOLEAN, OPTIONAL,
     "whether `null` may be given, which says that there is none; a fact not given is missing"},
    {"note", &LOCALISED, OPTIONAL, "a remark"},
};
static const struct schema_type FACT = {
    .name = "fact",
    FIELDS(FACT_FIELDS),
    .documentation = "Something to ask about a case; `entity.fact` in expressions. White space around what "
                     "is given is no part of it, in files, cases, tables and calls alike; a text that holds "
                     "a control character or a mark that turns the direction of writing is refused."};
static const struct schema_type ENTITY_FACTS = {
    .name = "facts_of_an_entity", .values = &FACT, .keys = SCALAR_NAME};
static const struct schema_type FACTS = {.name = "facts", .values = &ENTITY_FACTS, .keys = SCALAR_NAME};

/* ---- Parameters ---- */

static const struct schema_field DATED_VALUE_FIELDS[] = {
    {"value", &SCALAR_VALUE, OPTIONAL, "in the declared unit; required unless `end`"},
    {"cite", &CITE, OPTIONAL, "required, here or at the parameter, unless assumed"},
    {"status", &STATUS, OPTIONAL, "required, here or at the parameter"},
    {"note", &LOCALISED, OPTIONAL, "a remark; what is assumed has a cite or a note that says why"},
    {"end", &BOOLEAN, OPTIONAL, "`true`: from this day the parameter is no longer in force"},
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
    {"to", &LOCALISED, REQUIRED, "who sets it, such as the governments of counties"},
    {"at_least", &SCALAR_VALUE, OPTIONAL, "it may not be set below this, in the declared unit"},
    {"at_most", &SCALAR_VALUE, OPTIONAL, "it may not be set above this"},
    {"cite", &CITE, OPTIONAL, "where it is laid down; required, here or at the parameter, unless assumed"},
    {"status", &STATUS, OPTIONAL, "of the bounds; cited if there is a cite"},
    {"note", &LOCALISED, OPTIONAL, "a remark"},
};
static const struct schema_type DELEGATION = {
    .name = "delegation",
    FIELDS(DELEGATION_FIELDS),
    .documentation = "The packs below set the parameter, under `overrides`, within the bounds; until one "
                     "does, it is unset, and an answer that needs it says who has to set it."};
static const struct schema_field PARAMETER_FIELDS[] = {
    {"label", &LOCALISED, OPTIONAL, "what people call it"},
    {"type", &PARAMETER_TYPE, OPTIONAL, "number if not given"},
    {"unit", &UNIT, OPTIONAL, "of its values"},
    {"cite", &CITE, OPTIONAL, "of all values that have none of their own"},
    {"status", &STATUS, OPTIONAL, "of all values that have none of their own"},
    {"note", &LOCALISED, OPTIONAL, "a remark"},
    {"values", &DATED_VALUES, OPTIONAL, "either these, `unset` or `delegated`"},
    {"unset", &LOCALISED, OPTIONAL, "why there is no value yet; using it makes an answer undetermined"},
    {"delegated", &DELEGATION, OPTIONAL, "that the packs below set it"},
};
static const struct schema_type PARAMETER = {
    .name = "parameter", FIELDS(PARAMETER_FIELDS), .documentation = "A number of the law, dated and cited."};
static const struct schema_type PARAMETERS = {
    .name = "parameters", .values = &PARAMETER, .keys = SCALAR_NAME};

static const struct schema_field OVERRIDE_FIELDS[] = {
    {"cite", &CITE, OPTIONAL, "of all values that have none of their own"},
    {"status", &STATUS, OPTIONAL, "of all values that have none of their own"},
    {"note", &LOCALISED, OPTIONAL, "a remark"},
    {"values", &DATED_VALUES, OPTIONAL, "either these or `unset`"},
    {"unset", &LOCALISED, OPTIONAL, "why it has no value here"},
};
static const struct schema_type OVERRIDE = {
    .name = "override",
    FIELDS(OVERRIDE_FIELDS),
    .documentation =
        "Other values for a parameter of a pack that this one uses; type and unit are that one's."};
static const struct schema_type OVERRIDES = {.name = "overrides", .values = &OVERRIDE, .keys = SCALAR_NAME};

/* ---- Definitions and tables ---- */

static const struct schema_field DEFINITION_FIELDS[] = {
    {"formula", &EXPRESSION, REQUIRED, "what it is"},
    {"label", &LOCALISED, OPTIONAL, "what people call it"},
    {"unit", &UNIT, OPTIONAL, "for showing it"},
    {"round", &ROUNDING, OPTIONAL, "how it is rounded"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "how well founded it is"},
    {"note", &LOCALISED, OPTIONAL, "a remark"},
};
static const struct schema_type DEFINITION = {.name = "definition",
                                              .scalar = SCALAR_EXPRESSION,
                                              FIELDS(DEFINITION_FIELDS),
                                              .documentation = "A named expression that rules share."};
static const struct schema_type DEFINITIONS = {
    .name = "definitions", .values = &DEFINITION, .keys = SCALAR_NAME};

static const char *const HIT_WORDS[] = {"U", "A", "P", "F", "R", "O", "C", "C+", "C<", "C>", "C#", NULL};
static const struct schema_type HIT_POLICY = {
    .name = "hit_policy",
    .scalar = SCALAR_WORD,
    .words = HIT_WORDS,
    .documentation = "U one row fits; A all that fit agree; F the first; P the one of highest priority; R, O "
                     "lists; C, C+, C<, C>, C# collections."};
static const struct schema_field TABLE_INPUT_FIELDS[] = {
    {"expression", &EXPRESSION, REQUIRED, "what the cells test"},
    {"label", &LOCALISED, OPTIONAL, "what people call it"},
};
static const struct schema_type TABLE_INPUT = {
    .name = "table_input", .scalar = SCALAR_EXPRESSION, FIELDS(TABLE_INPUT_FIELDS)};
static const struct schema_type TABLE_INPUTS = {.name = "table_inputs", .items = &TABLE_INPUT};
static const struct schema_field TABLE_OUTPUT_FIELDS[] = {
    {"name", &NAME, REQUIRED, "`table.name` in expressions where there are several"},
    {"values", &TEXT_LIST, OPTIONAL,
     "what it can be, the highest priority first; cells are then bare values of the list"},
    {"unit", &UNIT, OPTIONAL, "percent: cells are in percent"},
    {"label", &LOCALISED, OPTIONAL, "what people call it"},
};
static const struct schema_type TABLE_OUTPUT = {
    .name = "table_output", .scalar = SCALAR_NAME, FIELDS(TABLE_OUTPUT_FIELDS)};
static const struct schema_type TABLE_OUTPUTS = {.name = "table_outputs", .items = &TABLE_OUTPUT};
static const struct schema_type CELLS = {.name = "cells",
                                         .scalar = SCALAR_EXPRESSION,
                                         .items = &EXPRESSION,
                                         .documentation =
                                             "One a column, in a list; a single one may stand alone."};
static const struct schema_field ROW_FIELDS[] = {
    {"when", &CELLS, REQUIRED, "FEEL unary tests, one an input: `[6..12)`, `< 3`, `-` for any, `\"public\"`"},
    {"then", &CELLS, REQUIRED, "one an output: FEEL, or a bare value of the output's list"},
    {"cite", &CITE, OPTIONAL, "of this row"},
    {"status", &STATUS, OPTIONAL, "of this row"},
    {"note", &LOCALISED, OPTIONAL, "a remark"},
};
static const struct schema_type ROW = {.name = "row", FIELDS(ROW_FIELDS)};
static const struct schema_type ROWS = {.name = "rows", .items = &ROW};
static const struct schema_field TABLE_FIELDS[] = {
    {"label", &LOCALISED, OPTIONAL, "what people call it"},
    {"hit", &HIT_POLICY, OPTIONAL, "U if not given"},
    {"inputs", &TABLE_INPUTS, REQUIRED, "the columns that are tested"},
    {"outputs", &TABLE_OUTPUTS, REQUIRED, "the columns that come out"},
    {"rows", &ROWS, REQUIRED, "in the order in which they are tried"},
    {"default", &CELLS, OPTIONAL, "what comes out where no row fits; without it that is an error"},
    {"cite", &CITE, OPTIONAL, "of rows that have none of their own"},
    {"status", &STATUS, OPTIONAL, "of rows that have none of their own"},
    {"note", &LOCALISED, OPTIONAL, "a remark"},
};
static const struct schema_type TABLE = {
    .name = "table", FIELDS(TABLE_FIELDS), .documentation = "A decision table of DMN."};
static const struct schema_type TABLES = {.name = "tables", .values = &TABLE, .keys = SCALAR_NAME};

/* ---- Rules ---- */

#define RULE_FIELDS                                                                                        \
    {"title", &LOCALISED, REQUIRED, "what the rule decides"},                                              \
        {"when", &EXPRESSION, OPTIONAL, "it applies only if this is true; false makes it not applicable"}, \
        {"in_force", &PERIOD, OPTIONAL, "within the pack's; the pack's if not given"},                     \
        {"cite", &CITE, OPTIONAL, "where the rule is laid down"},                                          \
        {"status", &STATUS, OPTIONAL, "of the formula; cited if there is a cite, else assumed"},           \
    {                                                                                                      \
        "note", &LOCALISED, OPTIONAL, "a remark"                                                           \
    }

static const struct schema_field STEP_FIELDS[] = {
    {"id", &NAME, REQUIRED, "a name in the steps after it and in the rule"},
    {"formula", &EXPRESSION, REQUIRED, "what it is"},
    {"label", &LOCALISED, OPTIONAL, "what people call it"},
    {"unit", &UNIT, OPTIONAL, "for showing it"},
    {"round", &ROUNDING, OPTIONAL, "how it is rounded"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type STEP = {.name = "step", FIELDS(STEP_FIELDS)};
static const struct schema_type STEPS = {.name = "steps", .items = &STEP};

static const struct schema_field BOUND_FIELDS[] = {
    {"id", &NAME, REQUIRED,
     "what an answer calls it: `binding` where it decided the amount or the whole, `breaks` where a fee "
     "breaks it"},
    {"at_most", &EXPRESSION, OPTIONAL,
     "neither the amount (or whole) nor the fee may be above this; either this or `at_least`"},
    {"at_least", &EXPRESSION, OPTIONAL,
     "neither may be below this; where the two kinds conflict, at_most wins"},
    {"used", &EXPRESSION, OPTIONAL,
     "what counts towards it already, such as what was paid earlier in the year; only what is left of it "
     "then limits, 0 at the least. Below 0 it is an error"},
    {"label", &LOCALISED, OPTIONAL, "what people call it"},
    {"when", &EXPRESSION, OPTIONAL, "if false, it does not apply"},
    {"round", &ROUNDING, OPTIONAL,
     "how it is rounded; if not given, in pricing as the amount, in cost-sharing so that it is kept: at_most "
     "down, at_least up"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type BOUND = {.name = "bound",
                                         FIELDS(BOUND_FIELDS),
                                         .documentation =
                                             "A cap or a floor: per child, month, year or place, whatever "
                                             "its formula says. What was paid before is a fact of the case."};
static const struct schema_type BOUNDS = {.name = "bounds", .items = &BOUND};
static const struct schema_field FLOAT_BAND_FIELDS[] = {
    {"of", &EXPRESSION, REQUIRED, "the benchmark price"},
    {"up", &EXPRESSION, REQUIRED,
     "how far the fee may rise above it, as a share of it: a percent parameter, or 0.1"},
    {"down", &EXPRESSION, REQUIRED, "how far it may fall below it, likewise; `free` for any"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type FLOAT_BAND = {.name = "float_band",
                                              FIELDS(FLOAT_BAND_FIELDS),
                                              .documentation =
                                                  "A benchmark price and how far a fee may leave it: short "
                                                  "for the bounds `float_up` and `float_down`."};
static const struct schema_field PRICING_FIELDS[] = {
    RULE_FIELDS,
    {"unit", &UNIT, REQUIRED, "of the amount"},
    {"steps", &STEPS, OPTIONAL, "how it is worked out, in order"},
    {"amount", &EXPRESSION, OPTIONAL,
     "what may be charged; the last step, or the benchmark of the float band, if not given. Money that a fee "
     "is compared with (`charged`) is an error below 0; another amount may be below 0, for a refund"},
    {"round", &ROUNDING, OPTIONAL, "how the amount is rounded"},
    {"charged", &EXPRESSION, OPTIONAL, "the fee that is charged, to be compared; money is an error below 0"},
    {"at_most", &EXPRESSION, OPTIONAL,
     "what the fee may not exceed, an error below 0 where it is money; the amount if not given; `amount` is "
     "a name here"},
    {"at_least", &EXPRESSION, OPTIONAL, "what the fee may not be below"},
    {"bounds", &BOUNDS, OPTIONAL,
     "limits that the amount is brought within, in order, and that the fee must keep; at most 24"},
    {"float_band", &FLOAT_BAND, OPTIONAL,
     "how far a fee may leave a benchmark; its upper end is then the limit of the fee, not the amount"},
};
static const struct schema_type PRICING = {
    .name = "pricing_rule", FIELDS(PRICING_FIELDS), .documentation = "What may be charged?"};
static const struct schema_type PRICING_RULES = {
    .name = "pricing_rules", .values = &PRICING, .keys = SCALAR_NAME};

static const struct schema_field MEMBER_FIELDS[] = {
    {"id", &NAME, REQUIRED, "the payer; it stands in the split in place of the one above"},
    {"label", &LOCALISED, OPTIONAL, "what people call it"},
    {"rate", &EXPRESSION, OPTIONAL,
     "its part of that share; one of them may have none and takes what is left, remainders of rounding "
     "included"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type MEMBER = {.name = "payer_among", FIELDS(MEMBER_FIELDS)};
static const struct schema_type MEMBERS = {.name = "payers_among", .items = &MEMBER};
static const struct schema_field PAYER_FIELDS[] = {
    {"id", &NAME, REQUIRED,
     "the payer; a column of tables is named by it: a rule that is asked of tables has none called whole, "
     "outcome, missing, provenance or status"},
    {"label", &LOCALISED, OPTIONAL, "what people call it"},
    {"rate", &EXPRESSION, OPTIONAL,
     "its share of the whole; either this or `amount`; `whole` and `remaining` are names here"},
    {"amount", &EXPRESSION, OPTIONAL, "or what it pays"},
    {"at_most", &EXPRESSION, OPTIONAL,
     "what its share may not exceed; where it conflicts with `at_least` this holds"},
    {"at_least", &EXPRESSION, OPTIONAL, "what its share may not be below"},
    {"when", &EXPRESSION, OPTIONAL, "if false, its share is 0"},
    {"among", &MEMBERS, OPTIONAL,
     "those that it stands for, such as city and county for the government: they share what it pays"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type PAYER = {.name = "payer", FIELDS(PAYER_FIELDS)};
static const struct schema_type PAYERS = {.name = "payers", .items = &PAYER};
static const struct schema_field RESIDUAL_FIELDS[] = {
    {"id", &NAME, REQUIRED, "the payer"},
    {"label", &LOCALISED, OPTIONAL, "what people call it"},
};
static const struct schema_type RESIDUAL = {
    .name = "residual", .scalar = SCALAR_NAME, FIELDS(RESIDUAL_FIELDS)};
static const struct schema_field INSTALMENT_FIELDS[] = {
    {"id", &NAME, REQUIRED, "the instalment; not the id of a payer"},
    {"label", &LOCALISED, OPTIONAL, "what people call it"},
    {"share", &EXPRESSION, OPTIONAL,
     "its share of the whole; `whole` is a name here. One instalment has neither share nor amount and takes "
     "what is left, remainders of rounding included"},
    {"amount", &EXPRESSION, OPTIONAL, "or how much it is"},
    {"due", &EXPRESSION, OPTIONAL,
     "the date from which it is payable; null: not yet. Without `due` and `after` it is payable at once"},
    {"after", &EXPRESSION, OPTIONAL, "or what must have come true, such as `site.accepted`"},
    {"forfeit_when", &EXPRESSION, OPTIONAL, "if true, it is not paid, and what was paid for it is owed back"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type INSTALMENT = {.name = "instalment", FIELDS(INSTALMENT_FIELDS)};
static const struct schema_type INSTALMENTS = {
    .name = "instalments",
    .items = &INSTALMENT,
    .documentation = "Parts of the whole, rounded as the shares; they sum to it, to the fen. Entitled to are "
                     "those that are not forfeited; of these what is payable by now, less what was paid, is "
                     "to be paid, and what was paid beyond them is clawed back."};
static const struct schema_field SUBSIDY_FIELDS[] = {
    {"id", &NAME, REQUIRED,
     "the subsidy; what is paid of it is a name in the formulas of payers and instalments"},
    {"label", &LOCALISED, OPTIONAL, "what people call it"},
    {"amount", &EXPRESSION, OPTIONAL,
     "how much is due by itself, in whole fen, an error below 0; either this or `rule`"},
    {"rule", &RULE_NAME, OPTIONAL,
     "or a pricing or cost-sharing rule of this pack or one that it uses: its amount or whole is due, "
     "nothing where it does not apply or is not in force"},
    {"when", &EXPRESSION, OPTIONAL, "if false, nothing is due"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type SUBSIDY = {.name = "subsidy", FIELDS(SUBSIDY_FIELDS)};
static const struct schema_type SUBSIDIES = {.name = "subsidies", .items = &SUBSIDY};
static const char *const KEEP_WORDS[] = {"highest", "first", NULL};
static const struct schema_type KEEP = {.name = "keep", .scalar = SCALAR_WORD, .words = KEEP_WORDS};
static const struct schema_field COMBINATION_FIELDS[] = {
    {"id", &NAME, REQUIRED, "what an answer calls it"},
    {"because", &LOCALISED, OPTIONAL, "the clause as a sentence"},
    {"only_one", &NAME_LIST, OPTIONAL,
     "subsidies of which only one is paid (不重复享受); exactly one of this, `together` and `at_most`"},
    {"keep", &KEEP, OPTIONAL,
     "of `only_one`, required: `highest` (就高; of equal ones the one listed first) or `first`, the first "
     "listed that is due"},
    {"together", &NAME_LIST, OPTIONAL,
     "subsidies that the law lets stack (可叠加享受); those that nothing is said of stack too"},
    {"at_most", &EXPRESSION, OPTIONAL,
     "what they may come to together; they are paid in the order of the list until it is reached; below 0 it "
     "is as 0"},
    {"of", &NAME_LIST, OPTIONAL,
     "the subsidies that `at_most` limits, those paid first in front; all in their order if not given"},
    {"used", &EXPRESSION, OPTIONAL,
     "with `at_most`: what counts towards it already, such as what was paid earlier in the year; below 0 it "
     "is an error"},
    {"when", &EXPRESSION, OPTIONAL, "if false, it does not apply"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type COMBINATION = {.name = "combination", FIELDS(COMBINATION_FIELDS)};
static const struct schema_type COMBINATIONS = {
    .name = "combinations",
    .items = &COMBINATION,
    .documentation =
        "How subsidies go together, each applied in the order written to what those before it have left."};
static const char *const FIRST_WORDS[] = {"lowest", "highest", NULL};
static const struct schema_type FIRST = {.name = "first", .scalar = SCALAR_WORD, .words = FIRST_WORDS};
static const struct schema_field ORDER_KEY_FIELDS[] = {
    {"by", &EXPRESSION, REQUIRED,
     "a number, date, text or boolean of the claim; a claim whose value is null comes last"},
    {"first", &FIRST, OPTIONAL, "which come first; the lowest (earliest; false before true) if not given"},
};
static const struct schema_type ORDER_KEY = {
    .name = "order_key", .scalar = SCALAR_EXPRESSION, FIELDS(ORDER_KEY_FIELDS)};
static const struct schema_type ORDER = {.name = "order", .items = &ORDER_KEY};
static const char *const TIES_WORDS[] = {"id", "pro_rata", NULL};
static const struct schema_type TIES = {.name = "ties", .scalar = SCALAR_WORD, .words = TIES_WORDS};
static const char *const SHORT_WORDS[] = {"pay_part", "stop", "skip", NULL};
static const struct schema_type WHEN_SHORT = {
    .name = "when_short", .scalar = SCALAR_WORD, .words = SHORT_WORDS};
static const struct schema_field BUDGET_FIELDS[] = {
    {"of", &EXPRESSION, REQUIRED,
     "how much there is, rounded down to the fen; its facts are those of the budget, not of a claim"},
    {"used", &EXPRESSION, OPTIONAL,
     "what was paid from it before, an error below 0; only what is left is paid out. Where `of` less `used` "
     "is below 0, the budget is 0, nothing is paid, and the answer says by how much it is `overspent`"},
    {"payer", &NAME, OPTIONAL,
     "the payer whose shares it pays; if not given, the whole of each claim, or what is payable of its "
     "instalments"},
    {"order", &ORDER, OPTIONAL,
     "who is paid first: by the first key, where that is equal by the second, and so on; all are equal if "
     "not given"},
    {"ties", &TIES, OPTIONAL,
     "claims that are equal: by their `id`, in the order of its bytes, if not given; or `pro_rata`, in "
     "proportion to what they claim, each rounded down to the step of the rounding; the steps that this "
     "leaves over go out one by one in the order of the ids"},
    {"when_short", &WHEN_SHORT, REQUIRED,
     "at the claim that it does not suffice for: `pay_part` pays what is left, in whole steps of the "
     "rounding; `stop` pays nothing to it and those after it; `skip` goes on with smaller ones after it"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type BUDGET = {
    .name = "budget",
    FIELDS(BUDGET_FIELDS),
    .documentation =
        "Money that claims are paid from in order until it runs out; the others are listed as unpaid. It is "
        "asked over many claims (`tuoyu pay`), a single case is split as if there were no budget. No payment "
        "is below 0, and all together never exceed the budget; each is a multiple of the rule's rounding and "
        "whole fen. Claims of one id are one claim if their facts are the same; if they differ none of them "
        "is paid, in whatever order they come."};
static const struct schema_field COST_SHARING_FIELDS[] = {
    RULE_FIELDS,
    {"unit", &UNIT, REQUIRED, "of the whole and the shares"},
    {"steps", &STEPS, OPTIONAL, "how the whole is worked out, in order"},
    {"of", &EXPRESSION, OPTIONAL,
     "the whole, an error below 0 once `bounds` are applied; either this or `subsidies`"},
    {"subsidies", &SUBSIDIES, OPTIONAL,
     "or the subsidies that make it up, at most 24: it is the sum of what is paid of them"},
    {"combinations", &COMBINATIONS, OPTIONAL,
     "which of the subsidies exclude each other, stack, or are limited together; at most 24"},
    {"round", &ROUNDING, OPTIONAL, "of the whole and of each share; to 0.01, half up, if not given"},
    {"bounds", &BOUNDS, OPTIONAL,
     "with `of`: limits that the whole is brought within, in order, before it is shared; at most 24"},
    {"payers", &PAYERS, REQUIRED,
     "in the order in which they pay, at most 64; every share, and the whole, is whole fen, 0 or more and "
     "below 10^15: anything else is an error"},
    {"residual", &RESIDUAL, OPTIONAL,
     "the payer that takes what is left; without one the shares must sum to the whole"},
    {"instalments", &INSTALMENTS, OPTIONAL, "when the whole is paid, part by part; at most 64"},
    {"paid", &EXPRESSION, OPTIONAL,
     "with instalments: what was paid already, in whole fen; below 0 it is an error. What is to be paid back "
     "is no negative payment but the answer's `claw_back`"},
    {"budget", &BUDGET, OPTIONAL, "what claims by this rule are paid from"},
};
static const struct schema_type COST_SHARING = {
    .name = "cost_sharing_rule", FIELDS(COST_SHARING_FIELDS), .documentation = "Who pays what?"};
static const struct schema_type COST_SHARING_RULES = {
    .name = "cost_sharing_rules", .values = &COST_SHARING, .keys = SCALAR_NAME};

static const struct schema_type CRITERION;
static const struct schema_type CRITERIA = {.name = "criteria", .items = &CRITERION};
static const struct schema_field AT_LEAST_FIELDS[] = {
    {"count", &WHOLE, REQUIRED, "how many"},
    {"of", &CRITERIA, REQUIRED, "of which"},
};
static const struct schema_type AT_LEAST = {.name = "at_least", FIELDS(AT_LEAST_FIELDS)};
#define GROUP_FIELDS                                                                                        \
    {"all", &CRITERIA, OPTIONAL, "every one must be met"}, {"any", &CRITERIA, OPTIONAL, "one must be met"}, \
        {"none", &CRITERIA, OPTIONAL, "none may be met"},                                                   \
    {                                                                                                       \
        "at_least", &AT_LEAST, OPTIONAL, "so many must be met"                                              \
    }
static const struct schema_field CRITERION_FIELDS[] = {
    {"id", &NAME, REQUIRED, "unique in the rule"},
    {"because", &LOCALISED, OPTIONAL, "the requirement as a sentence"},
    {"when", &EXPRESSION, OPTIONAL, "met if true; either this or a group"},
    {"only_if", &EXPRESSION, OPTIONAL, "if false it does not apply, and counts as met"},
    GROUP_FIELDS,
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type CRITERION = {
    .name = "criterion", FIELDS(CRITERION_FIELDS), .documentation = "One requirement, or a group of them."};
static const char *const EXCEPTION_WORDS[] = {"eligible", "ineligible", NULL};
static const struct schema_type EXCEPTION_DECISION = {
    .name = "exception_decision", .scalar = SCALAR_WORD, .words = EXCEPTION_WORDS};
static const struct schema_field EXCEPTION_FIELDS[] = {
    {"id", &NAME, REQUIRED, "unique in the rule"},
    {"because", &LOCALISED, OPTIONAL, "the exception as a sentence"},
    {"when", &EXPRESSION, REQUIRED, "it is met if this is true"},
    {"decision", &EXCEPTION_DECISION, REQUIRED,
     "what it then decides: `eligible` waives the criteria, `ineligible` shuts out"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type EXCEPTION = {.name = "exception", FIELDS(EXCEPTION_FIELDS)};
static const struct schema_type EXCEPTIONS = {
    .name = "exceptions",
    .items = &EXCEPTION,
    .documentation = "In order: the first that is met decides, whatever the criteria say. One that is not "
                     "known leaves the verdict open, unless what comes after it says the same."};
static const struct schema_field SCORE_ITEM_FIELDS[] = {
    {"id", &NAME, REQUIRED, "unique in the rule"},
    {"because", &LOCALISED, OPTIONAL, "what the points are for"},
    {"points", &EXPRESSION, REQUIRED, "how many; below 0 they are taken away"},
    {"when", &EXPRESSION, OPTIONAL, "if false, there are none"},
    {"at_most", &EXPRESSION, OPTIONAL,
     "no more points than this; where facts are missing it bounds the score"},
    {"at_least", &EXPRESSION, OPTIONAL, "no fewer points than this, likewise"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type SCORE_ITEM = {.name = "score_item", FIELDS(SCORE_ITEM_FIELDS)};
static const struct schema_type SCORE_ITEMS = {.name = "score_items", .items = &SCORE_ITEM};
static const struct schema_field GRADE_FIELDS[] = {
    {"id", &NAME, REQUIRED, "what `grade` then is"},
    {"label", &LOCALISED, OPTIONAL, "what people call it"},
    {"at_least", &EXPRESSION, OPTIONAL,
     "the score from which it is given; the last grade has none and takes all the rest"},
    {"consequence", &LOCALISED, OPTIONAL, "what follows from it"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type GRADE = {.name = "grade", FIELDS(GRADE_FIELDS)};
static const struct schema_type GRADES = {
    .name = "grades",
    .items = &GRADE,
    .documentation = "The best first: the first whose `at_least` is reached is given."};
static const struct schema_field SCORE_FIELDS[] = {
    {"items", &SCORE_ITEMS, REQUIRED, "what gives points"},
    {"grades", &GRADES, OPTIONAL, "what the score means"},
};
static const struct schema_type SCORE = {
    .name = "score",
    FIELDS(SCORE_FIELDS),
    .documentation =
        "A scorecard: `score`, the sum of the points, and `grade` are names in the criteria. Where facts are "
        "missing, the answer has the bounds of the score and the grades that are still possible."};
static const struct schema_field CHECKLIST_ITEM_FIELDS[] = {
    {"id", &NAME, REQUIRED, "unique in the rule"},
    {"because", &LOCALISED, OPTIONAL, "what is to be done"},
    {"done", &EXPRESSION, REQUIRED, "true or false; or the day it was done, null for not yet"},
    {"from", &EXPRESSION, OPTIONAL,
     "the first day on which it is to be done, null for none; before it is `not_yet`"},
    {"due", &EXPRESSION, OPTIONAL,
     "the last day, null for none; from `from` to this it is `due`, after it `overdue`"},
    {"only_if", &EXPRESSION, OPTIONAL, "if false it does not apply"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type CHECKLIST_ITEM = {.name = "checklist_item", FIELDS(CHECKLIST_ITEM_FIELDS)};
static const struct schema_type CHECKLIST = {
    .name = "checklist",
    .items = &CHECKLIST_ITEM,
    .documentation = "Papers to hand in, visits to make: `all_done` and `none_overdue` are names in the "
                     "criteria; the answer has the state and the days of each item."};
static const struct schema_field ADMISSION_KEY_FIELDS[] = {
    {"id", &NAME, REQUIRED, "unique in the list"},
    {"because", &LOCALISED, OPTIONAL, "who comes first, as a sentence"},
    {"first", &EXPRESSION, OPTIONAL, "those for whom this is true come first; exactly one of these three"},
    {"ascending", &EXPRESSION, OPTIONAL, "the smallest number or the earliest day comes first"},
    {"descending", &EXPRESSION, OPTIONAL, "the largest number or the latest day comes first"},
    {"cite", &CITE, OPTIONAL, "where it is laid down"},
    {"status", &STATUS, OPTIONAL, "the rule's if neither cite nor status is given"},
};
static const struct schema_type ADMISSION_KEY = {.name = "admission_key", FIELDS(ADMISSION_KEY_FIELDS)};
static const struct schema_type ADMISSION = {
    .name = "admission",
    .items = &ADMISSION_KEY,
    .documentation =
        "How those who are eligible are ordered where places are few: by the first key, where it is the same "
        "by the next; at last by the id that the caller gives each, so that the order never depends on who "
        "was entered first. A booking that cannot be read or has an error stays on the list as an entry in "
        "error; while there is one, or facts are missing, the list is not final."};
static const struct schema_field ELIGIBILITY_FIELDS[] = {
    RULE_FIELDS,
    GROUP_FIELDS,
    {"except", &EXCEPTIONS, OPTIONAL, "exceptions that override the criteria"},
    {"score", &SCORE, OPTIONAL, "a scorecard with grades"},
    {"checklist", &CHECKLIST, OPTIONAL, "papers or visits, with their days"},
    {"valid_until", &EXPRESSION, OPTIONAL,
     "the last day on which the verdict holds, null for no end; after it the case is not eligible, by a "
     "criterion `valid_until`"},
    {"admission", &ADMISSION, OPTIONAL, "the order of a waiting list"},
};
static const struct schema_type ELIGIBILITY = {
    .name = "eligibility_rule",
    FIELDS(ELIGIBILITY_FIELDS),
    .documentation = "May it, is it entitled? Exactly one of `all`, `any`, `none`, `at_least`."};
static const struct schema_type ELIGIBILITY_RULES = {
    .name = "eligibility_rules", .values = &ELIGIBILITY, .keys = SCALAR_NAME};

/* ---- Indicators ---- */

#define AGGREGATE_KEYS                                                                                  \
    {"of", &NAME, REQUIRED, "the entity whose rows are counted"},                                       \
        {"where", &EXPRESSION, OPTIONAL, "only rows for which this is true"},                           \
        {"count", &EXPRESSION, OPTIONAL,                                                                \
         "rows for which this is true; `true` for all; exactly one of these six"},                      \
        {"sum", &EXPRESSION, OPTIONAL, "the sum of this"}, {"mean", &EXPRESSION, OPTIONAL, "its mean"}, \
        {"min", &EXPRESSION, OPTIONAL, "its smallest"}, {"max", &EXPRESSION, OPTIONAL, "its largest"},  \
    {                                                                                                   \
        "distinct", &EXPRESSION, OPTIONAL, "how many different ones there are"                          \
    }
static const struct schema_field AGGREGATE_FIELDS[] = {AGGREGATE_KEYS};
static const struct schema_type AGGREGATE = {.name = "aggregate", FIELDS(AGGREGATE_FIELDS)};
static const struct schema_field RATIO_FIELDS[] = {
    {"numerator", &AGGREGATE, REQUIRED, "above the line"},
    {"denominator", &AGGREGATE, REQUIRED, "below it"},
};
static const struct schema_type RATIO = {.name = "ratio", FIELDS(RATIO_FIELDS)};
static const struct schema_field TARGET_FIELDS[] = {
    {"at_least", &EXPRESSION, OPTIONAL, "over parameters; exactly one of these three"},
    {"at_most", &EXPRESSION, OPTIONAL, "over parameters"},
    {"exactly", &EXPRESSION, OPTIONAL, "over parameters"},
};
static const struct schema_type TARGET = {.name = "target", FIELDS(TARGET_FIELDS)};
static const struct schema_field REGION_NUMBER_FIELDS[] = {
    AGGREGATE_KEYS,
    {"by", &NAME, REQUIRED, "the region entity: one number for each of its rows"},
};
static const struct schema_type REGION_NUMBER = {
    .name = "number_of_a_region",
    FIELDS(REGION_NUMBER_FIELDS),
    .documentation = "A number for each row of the region entity, tallied over another entity."};
static const struct schema_type REGION_NUMBERS = {
    .name = "numbers_of_a_region", .values = &REGION_NUMBER, .keys = SCALAR_NAME};
static const struct schema_field INDICATOR_FIELDS[] = {
    RULE_FIELDS,
    {"unit", &UNIT, REQUIRED, "of value and target"},
    {"ratio", &RATIO, OPTIONAL, "either this or `value`"},
    {"value", &AGGREGATE, OPTIONAL, "or one aggregate"},
    {"by", &NAME_LIST, OPTIONAL,
     "kinds of region it can be broken down by; the region of a row is its fact of that name"},
    {"target", &TARGET, OPTIONAL, "what is to be reached"},
    {"per", &EXPRESSION, OPTIONAL,
     "factor of a ratio, such as 1000 for a thousand people: a number or a parameter, an error below 0"},
    {"with", &REGION_NUMBERS, OPTIONAL, "numbers of the region, usable in the aggregates"},
};
static const struct schema_type INDICATOR = {
    .name = "indicator",
    FIELDS(INDICATOR_FIELDS),
    .documentation = "Are we there? A row of which something is not known is left out of the value, and the "
                     "bounds say what it could become; the target is met, or not, only where no such row "
                     "could overthrow it. A row that names no region counts in the whole only. A record that "
                     "cannot be read may be a row, of any region, or none: it counts as unknown in every "
                     "aggregate over its entity, in the whole and in every region."};
static const struct schema_type INDICATORS = {
    .name = "indicators", .values = &INDICATOR, .keys = SCALAR_NAME};

/* ---- Examples ---- */

const char *const SCHEMA_ERROR_WORDS[] = {
    "fact_unknown", "fact_type",        "fact_range", "fact_value", "date",
    "not_in_force", "division_by_zero", "overflow",   "evaluation", "shares",
    "table_no_row", "table_conflict",   "type",       "limit",      NULL};
static const char *const OUTCOME_WORDS[] = {"determined", "undetermined", "not_applicable", NULL};
static const char *const DECISION_WORDS[] = {"eligible", "ineligible", "undetermined", "not_applicable",
                                             NULL};
static const char *const MET_WORDS[] = {"true", "false", "unknown", NULL};
static const struct schema_type OUTCOME = {.name = "outcome", .scalar = SCALAR_WORD, .words = OUTCOME_WORDS};
static const struct schema_type DECISION = {
    .name = "decision", .scalar = SCALAR_WORD, .words = DECISION_WORDS};
static const struct schema_type ERROR = {.name = "error", .scalar = SCALAR_WORD, .words = SCHEMA_ERROR_WORDS};
static const struct schema_type MET = {
    .name = "met", .scalar = SCALAR_WORD, .words = MET_WORDS, .items = &TEXT_TYPE, .may_be_empty = true};
static const struct schema_type UNKNOWN = {
    .name = "unknown", .scalar = SCALAR_NUMBER, .items = &TEXT_TYPE, .may_be_empty = true};
static const struct schema_type EXPECTED_STEPS = {
    .name = "expected_steps", .values = &SCALAR_VALUE, .keys = SCALAR_NAME};
static const struct schema_type EXPECTED_SHARES = {
    .name = "expected_shares", .values = &NUMBER, .keys = SCALAR_NAME};
static const struct schema_type EXPECTED_PAYMENTS = {
    .name = "expected_payments", .values = &NUMBER, .keys = SCALAR_TEXT};
static const struct schema_type EXPECTED_STATES = {
    .name = "expected_states", .values = &SCALAR_VALUE, .keys = SCALAR_TEXT};
static const struct schema_type EXPECTED_SET = {
    .name = "expected_set", .scalar = SCALAR_TEXT, .items = &TEXT_TYPE};
static const struct schema_type EXPECTED_SETS = {
    .name = "expected_sets",
    .items = &EXPECTED_SET,
    .may_be_empty = true,
    .documentation =
        "Each a list, in the order in which the answer names its members; one member may stand alone."};
static const struct schema_field EXPECT_FIELDS[] = {
    {"outcome", &OUTCOME, OPTIONAL, "of every kind of rule"},
    {"missing", &TEXT_LIST, OPTIONAL, "the facts and parameters that are missing: exactly these"},
    {"error", &ERROR, OPTIONAL, "the status that the evaluation ends with"},
    {"provenance", &STATUS, OPTIONAL, "the weakest status it rests on"},
    {"amount", &NUMBER, OPTIONAL, "pricing: what may be charged"},
    {"complies", &BOOLEAN, OPTIONAL, "pricing: whether the fee does"},
    {"excess", &NUMBER, OPTIONAL, "pricing: by how much the fee exceeds"},
    {"shortfall", &NUMBER, OPTIONAL, "pricing: by how much the fee is too low"},
    {"binding", &NAME, OPTIONAL,
     "pricing, cost-sharing: the bound that decided the amount or the whole; `none` where its formula did"},
    {"breaks", &NAME, OPTIONAL,
     "pricing: the bound that the fee breaks, or `amount`, `at_most`, `at_least`; `none` where it complies"},
    {"steps", &EXPECTED_STEPS, OPTIONAL, "pricing: values of steps, by id"},
    {"whole", &NUMBER, OPTIONAL, "cost-sharing: what is shared"},
    {"shares", &EXPECTED_SHARES, OPTIONAL, "cost-sharing: all shares, by payer"},
    {"subsidies", &EXPECTED_SHARES, OPTIONAL, "cost-sharing: what is paid of all subsidies, by id"},
    {"instalments", &EXPECTED_SHARES, OPTIONAL, "cost-sharing: all instalments, by id"},
    {"states", &EXPECTED_STATES, OPTIONAL,
     "cost-sharing: by instalment `due`, `later`, `forfeited` or `open`; by subsidy `paid`, `not_due`, "
     "`excluded`, `cut` or `open`; by claim `paid`, `in_part`, `unpaid`, `not_due`, `open` or `error`; "
     "eligibility: by item of the checklist `done`, `due`, `overdue`, `not_yet`, `not_applicable` or `open`"},
    {"entitled", &NUMBER, OPTIONAL, "cost-sharing: the instalments that are not forfeited"},
    {"claw_back", &NUMBER, OPTIONAL, "cost-sharing: what was paid beyond that"},
    {"payable", &NUMBER, OPTIONAL, "cost-sharing: what is to be paid now"},
    {"payments", &EXPECTED_PAYMENTS, OPTIONAL,
     "budgets: what is paid to all claims, by id; but for those that are open or in error"},
    {"left", &NUMBER, OPTIONAL, "budgets: what is left after that"},
    {"unpaid", &NUMBER, OPTIONAL, "budgets: what was claimed and is not paid"},
    {"overspent", &NUMBER, OPTIONAL,
     "budgets: by how much more was used than there is; 0 where there is enough"},
    {"decision", &DECISION, OPTIONAL, "eligibility: the verdict"},
    {"met", &MET, OPTIONAL,
     "eligibility: ids of criteria, at least these; indicators: whether the target is met"},
    {"unmet", &TEXT_LIST, OPTIONAL, "eligibility: ids of criteria, at least these"},
    {"unknown", &UNKNOWN, OPTIONAL,
     "eligibility: ids of criteria, at least these; indicators: rows left out"},
    {"exception", &NAME, OPTIONAL, "eligibility: the exception that decided; `none` where the criteria did"},
    {"deciding", &EXPECTED_SETS, OPTIONAL,
     "eligibility, undetermined: all smallest sets of missing facts that could decide"},
    {"to_become_eligible", &EXPECTED_SETS, OPTIONAL,
     "eligibility, ineligible: all smallest sets of criteria that would have to change"},
    {"score", &NUMBER, OPTIONAL, "eligibility: the score; its bounds are `lower` and `upper`"},
    {"grade", &NAME, OPTIONAL, "eligibility: the grade; `none` where it is open"},
    {"grades", &TEXT_LIST, OPTIONAL, "eligibility: the grades that are possible: exactly these"},
    {"valid_until", &TEXT_TYPE, OPTIONAL,
     "eligibility: the last day on which the verdict holds; `none` where there is none"},
    {"admitted", &TEXT_LIST, OPTIONAL, "waiting lists: the ids of all who are admitted, in order"},
    {"waiting", &TEXT_LIST, OPTIONAL, "waiting lists: likewise of those who wait"},
    {"pending", &TEXT_LIST, OPTIONAL, "waiting lists: of those for whom facts are missing"},
    {"refused", &TEXT_LIST, OPTIONAL, "waiting lists: of those who are not eligible"},
    {"value", &NUMBER, OPTIONAL, "indicators, and the next six"},
    {"target", &NUMBER, OPTIONAL, "in the indicator's unit"},
    {"distance", &NUMBER, OPTIONAL, "what is missing to the target"},
    {"numerator", &NUMBER, OPTIONAL, "of the ratio"},
    {"denominator", &NUMBER, OPTIONAL, "of the ratio"},
    {"lower", &NUMBER, OPTIONAL, "were all unknown rows to count against it"},
    {"upper", &NUMBER, OPTIONAL, "were all unknown rows to count for it"},
};
const struct schema_type SCHEMA_EXPECT = {
    .name = "expectations", FIELDS(EXPECT_FIELDS), .documentation = "Only what is listed is compared."};
static const struct schema_type GIVEN = {
    .name = "given_facts",
    .values = &ANY,
    .keys = SCALAR_ANY,
    .may_be_empty = true,
    .documentation = "`child: {birth_date: 2023-12-15}`, or `child.birth_date: 2023-12-15`."};
static const struct schema_type GIVEN_ROWS = {.name = "given_rows", .items = &GIVEN, .may_be_empty = true};
static const struct schema_type GIVEN_ENTITIES = {
    .name = "given_entities", .values = &GIVEN_ROWS, .keys = SCALAR_NAME};
static const struct schema_type GIVEN_CLAIMS = {
    .name = "given_claims", .values = &GIVEN, .keys = SCALAR_TEXT};
static const struct schema_type GIVEN_CASES = {.name = "given_cases", .values = &GIVEN, .keys = SCALAR_TEXT};
static const struct schema_type REGION = {.name = "region", .values = &TEXT_TYPE, .keys = SCALAR_NAME};
static const struct schema_field EXAMPLE_FIELDS[] = {
    {"name", &TEXT_TYPE, REQUIRED, "what it shows"},
    {"rule", &RULE_NAME, REQUIRED, "the rule that it runs"},
    {"as_of", &DATE, REQUIRED, "the day it is asked for"},
    {"given", &GIVEN, OPTIONAL, "the facts"},
    {"rows", &GIVEN_ENTITIES, OPTIONAL, "of indicators: rows by entity; keys are facts of the entity"},
    {"claims", &GIVEN_CLAIMS, OPTIONAL,
     "of a rule with a budget: claims by id, each with its facts; `given` has then those of the budget"},
    {"region", &REGION, OPTIONAL, "of indicators: the kind of region and its id; the whole if not given"},
    {"cases", &GIVEN_CASES, OPTIONAL, "of waiting lists: the facts of each case, by its id"},
    {"places", &WHOLE, OPTIONAL, "of waiting lists: how many can be admitted"},
    {"expect", &SCHEMA_EXPECT, REQUIRED, "what must come out"},
    {"cite", &CITE, OPTIONAL, "where the example stands"},
    {"status", &STATUS, OPTIONAL, "cited: the source itself gives it; derived: worked out by its text"},
    {"note", &LOCALISED, OPTIONAL, "a remark"},
};
static const struct schema_type EXAMPLE = {
    .name = "example", FIELDS(EXAMPLE_FIELDS), .documentation = "A worked example, run by `tuoyu test`."};
static const struct schema_type EXAMPLES = {.name = "examples", .items = &EXAMPLE};

/* ---- The pack ---- */

static const struct schema_field PACK_FIELDS[] = {
    {"tuoyu", &WHOLE, REQUIRED, "the version of the format: 1; stands first"},
    {"id", &PACK_ID, REQUIRED, "unique: segments from large to small, such as cn.chengdu.childcare-price"},
    {"title", &LOCALISED, REQUIRED, "what the pack is about"},
    {"authority", &LOCALISED, OPTIONAL, "who issued it"},
    {"in_force", &PERIOD, REQUIRED,
     "when it holds; packs of one id whose times do not overlap are versions of one pack, and the as-of date "
     "chooses"},
    {"note", &LOCALISED, OPTIONAL, "a remark"},
    {"uses", &PACK_ID_LIST, OPTIONAL, "packs above it, whose names it sees"},
    {"sources", &SOURCES, OPTIONAL, "the documents cited"},
    {"entities", &ENTITIES, OPTIONAL, "labels of what facts are about"},
    {"facts", &FACTS, OPTIONAL, "typed inputs, by entity"},
    {"parameters", &PARAMETERS, OPTIONAL, "dated values, each with its law"},
    {"definitions", &DEFINITIONS, OPTIONAL, "named expressions; no cycles"},
    {"tables", &TABLES, OPTIONAL, "decision tables"},
    {"pricing", &PRICING_RULES, OPTIONAL, "rules: what may be charged?"},
    {"cost_sharing", &COST_SHARING_RULES, OPTIONAL, "rules: who pays what?"},
    {"eligibility", &ELIGIBILITY_RULES, OPTIONAL, "rules: may it, is it entitled?"},
    {"indicators", &INDICATORS, OPTIONAL, "rules: are we there?"},
    {"overrides", &OVERRIDES, OPTIONAL, "other values for parameters of packs above"},
    {"examples", &EXAMPLES, OPTIONAL, "worked examples"},
};
const struct schema_type SCHEMA_PACK = {
    .name = "pack", FIELDS(PACK_FIELDS), .documentation = "One YAML document a pack."};
