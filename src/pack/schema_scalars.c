/* SPDX-License-Identifier: Apache-2.0 */
/* The scalars of the pack format and the small types that every section shares: texts in two languages, lists
 * of names, rounding. */
#include "pack/schema_parts.h"

/* ---- Scalars ---- */

const struct schema_type SCHEMA_TEXT = {.name = "text", .scalar = SCALAR_TEXT};
const struct schema_type SCHEMA_EXPRESSION = {.name = "expression",
                                              .scalar = SCALAR_EXPRESSION,
                                              .documentation =
                                                  "FEEL. Quote it, or use a `|` block, if it begins with a "
                                                  "bracket, brace or quote or holds `: ` or ` #`."};
const struct schema_type SCHEMA_NAME = {.name = "name",
                                        .scalar = SCALAR_NAME,
                                        .documentation =
                                            "A name that expressions can use: letters (Chinese too), digits "
                                            "and `_`, no digit first; at most 255 bytes."};
const struct schema_type SCHEMA_PACK_ID = {
    .name = "pack_id",
    .scalar = SCALAR_PACK_ID,
    .documentation = "Segments of small letters, digits and `-`, from large to small; at most 255 bytes."};
const struct schema_type SCHEMA_RULE_NAME = {.name = "rule_name", .scalar = SCALAR_RULE};
const struct schema_type SCHEMA_DATE = {.name = "date", .scalar = SCALAR_DATE};
const struct schema_type SCHEMA_PERIOD = {.name = "period",
                                          .scalar = SCALAR_PERIOD,
                                          .documentation =
                                              "Both days included; open-ended without a second one."};
const struct schema_type SCHEMA_NUMBER = {.name = "number", .scalar = SCALAR_NUMBER};
const struct schema_type SCHEMA_WHOLE = {.name = "whole_number", .scalar = SCALAR_WHOLE};
const struct schema_type SCHEMA_BOOLEAN = {.name = "boolean", .scalar = SCALAR_BOOLEAN};
const struct schema_type SCHEMA_UNIT = {
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
const struct schema_type SCHEMA_CITE = {
    .name = "cite",
    .scalar = SCALAR_CITE,
    .documentation =
        "The id of a source of this pack or of one that it uses, and the clause: `price_notice 第二条`."};
const struct schema_type SCHEMA_RANGE = {
    .name = "range",
    .scalar = SCALAR_RANGE,
    .documentation =
        "In the declared unit, in quotes: `\"[0..100]\"`, `\"(0..1]\"`, `\"[0..)\"` without upper end."};
const struct schema_type SCHEMA_SCALAR_VALUE = {.name = "value", .scalar = SCALAR_TEXT};

const struct schema_type SCHEMA_STANDING = {.name = "standing",
                                            .scalar = SCALAR_WORD,
                                            .words = SCALAR_STATUS_WORDS,
                                            .documentation =
                                                "How well founded it is; the weakest marks the whole answer. "
                                                "Not given: cited if there is a cite, else assumed."};

const struct schema_type SCHEMA_NAME_LIST = {.name = "names", .items = &SCHEMA_NAME};
const struct schema_type SCHEMA_TEXTS = {.name = "texts", .items = &SCHEMA_TEXT, .may_be_empty = true};
const struct schema_type SCHEMA_PACK_ID_LIST = {.name = "pack_ids", .items = &SCHEMA_PACK_ID};

/* Anything at all, at any depth: facts as they are given, which are checked once their declarations are
 * known. */
const struct schema_type SCHEMA_ANY = {.name = "anything",
                                       .scalar = SCALAR_ANY,
                                       .items = &SCHEMA_ANY,
                                       .values = &SCHEMA_ANY,
                                       .keys = SCALAR_ANY,
                                       .may_be_empty = true};

/* ---- Parts ---- */

static const struct schema_field LOCALISED_FIELDS[] = {
    {"zh", &SCHEMA_TEXT, OPTIONAL, "Chinese"},
    {"en", &SCHEMA_TEXT, OPTIONAL, "English"},
};
const struct schema_type SCHEMA_LOCALISED = {.name = "localised_text",
                                             .scalar = SCALAR_TEXT,
                                             FIELDS(LOCALISED_FIELDS),
                                             .documentation = "A plain text stands for both languages."};

static const char *const ROUNDING_WORDS[] = {"half up", "half down", "half even", "up",
                                             "down",    "floor",     "ceiling",   NULL};
static const struct schema_type ROUNDING_MODE = {
    .name = "rounding_mode", .scalar = SCALAR_WORD, .words = ROUNDING_WORDS};
static const struct schema_field ROUNDING_FIELDS[] = {
    {"to", &SCHEMA_NUMBER, REQUIRED, "a multiple of this, above 0: 0.01 is a fen, 1 a yuan"},
    {"mode", &ROUNDING_MODE, REQUIRED, "which way; up and down are away from and towards zero"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where the rounding is laid down"},
};
const struct schema_type SCHEMA_ROUNDING = {.name = "rounding",
                                            FIELDS(ROUNDING_FIELDS),
                                            .documentation =
                                                "Rounding happens where a pack says so, and nowhere else."};
