/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the description of the format as a reference page in Markdown. */
#include "schema_page.h"

#include "pack/schema.h"
#include "program/unit_names.h"

/* Appends a link to the section of a type. */
static void append_anchor(struct text_builder *builder, const struct schema_type *type)
{
    text_append_format(builder, "[%s](#%s)", type->name, type->name);
}

/* Whether a type gets a section of its own: mappings with fixed keys, and types with documentation. */
static bool has_section(const struct schema_type *type)
{
    return type->fields != NULL || type->documentation != NULL;
}

static void append_link(struct text_builder *builder, const struct schema_type *type);

/* Appends the words, joined by "or". */
static void append_words(struct text_builder *builder, const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        text_append_format(builder, "%s`%s`", i ? " or " : "", words[i]);
}

/* What the keys of a mapping from names are called. */
static const char *key_word(enum scalar_kind kind)
{
    return kind == SCALAR_DATE ? "days such as 2024-01-31" : kind == SCALAR_TEXT ? "ids" : "names";
}

/* Appends everything that the type allows, joined by "or". */
static void append_alternatives(struct text_builder *builder, const struct schema_type *type)
{
    const char *joint = "";
    if (type->scalar != SCALAR_NONE) {
        if (type->scalar == SCALAR_WORD)
            append_words(builder, type->words);
        else
            text_append_literal(builder, scalar_meaning(type->scalar));
        joint = ", or ";
    }
    if (type->scalar == SCALAR_ANY)
        return;
    if (type->items) {
        text_append_format(builder, has_section(type->items) ? "%sa list of " : "%sa list, each item ",
                           joint);
        append_link(builder, type->items);
        joint = ", or ";
    }
    if (type->fields) {
        text_append_format(builder, "%sa mapping with the keys below", joint);
        joint = ", or ";
    }
    if (type->values) {
        text_append_format(builder, "%sa mapping from %s, each to ", joint, key_word(type->keys));
        append_link(builder, type->values);
    }
}

/* Appends a link to a type's section, or what it allows where it has none. The recursion ends because types
 * without a section nest only a few deep. */
static void append_link(struct text_builder *builder, const struct schema_type *type)
{
    if (has_section(type))
        append_anchor(builder, type);
    else
        append_alternatives(builder, type);
}

/* Appends a text as a cell of a table, where a bar must be escaped. */
static void append_cell(struct text_builder *builder, const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            text_append_byte(builder, '\\');
        text_append_byte(builder, *text);
    }
}

/* ---- Units ---- */

static const char UNIT_RULES[] =
    "\nThese names mean the same in every pack, and each name of a row is the same unit. An entity is a unit "
    "by its name and by\n"
    "its label, Chinese or English; a label goes before the names of things that are counted. Any other name "
    "is a unit of its\n"
    "own. `person` and `child` are two units.\n\n"
    "- A sum, a comparison, a result and a bound have to be in one unit; a product multiplies units. A "
    "number without unit\n"
    "  takes the unit of the other side.\n"
    "- A year is 12 months where a parameter with unit `month/year` says so, or a literal 12 with a warning; "
    "days and months\n"
    "  never convert.\n"
    "- Numbers are never scaled by their unit: `万元`, `千人`, `‰` are refused, with what to write.\n"
    "- A percent is a ratio and stands alone: a rate per month has the unit `1/month`. A factor has the unit "
    "`1`, which says\n"
    "  that it counts nothing, so that a product with it is still checked.\n"
    "- A number in a Chinese text has the counter word of its unit: 3 个托位, 3 家托育机构.\n\n"
    "| unit | Chinese | counter | other names |\n|---|---|---|---|\n";

/* Appends the table row of one unit that the format knows. */
static void append_known_unit(struct text_builder *builder, const struct known_unit *unit)
{
    text_append_literal(builder, "| ");
    if (unit->name)
        text_append_format(builder, "`%s`", unit->name);
    for (size_t i = 0; !unit->name && i < UNIT_PARTS && unit->parts[i].base; i++)
        text_append_format(builder, "%s`%s`", i ? " × " : "", unit->parts[i].base);
    text_append_format(builder, " | %s | %s |", unit->zh, unit->counter);
    for (size_t i = 0; i < UNIT_OTHERS && unit->others[i]; i++)
        text_append_format(builder, " `%s`", unit->others[i]);
    text_append_literal(builder, " |\n");
}

/* Appends the rules for units and the table of all known units. */
static void append_units(struct text_builder *builder)
{
    const struct known_unit *unit;
    text_append_literal(builder, UNIT_RULES);
    for (unit = KNOWN_UNITS; unit->zh; unit++)
        append_known_unit(builder, unit);
}

/* ---- Sections ---- */

/* Appends the section of one type: its documentation, what it allows and the table of its keys. */
static void append_section(struct text_builder *builder, const struct schema_type *type)
{
    text_append_format(builder, "\n## %s\n\n", type->name);
    if (type->documentation)
        text_append_format(builder, "%s\n\n", type->documentation);
    text_append_literal(builder, "Is ");
    append_alternatives(builder, type);
    text_append_literal(builder, ".\n");
    if (type->scalar == SCALAR_UNIT)
        append_units(builder);
    if (!type->fields)
        return;
    text_append_literal(builder, "\n| key | value | meaning |\n|---|---|---|\n");
    for (size_t i = 0; i < type->field_count; i++) {
        const struct schema_field *field = &type->fields[i];
        text_append_format(builder, "| `%s`%s | ", field->key, field->is_required ? " (required)" : "");
        append_link(builder, field->type);
        text_append_literal(builder, " | ");
        append_cell(builder, field->documentation);
        text_append_literal(builder, " |\n");
    }
}

void schema_page(struct text_builder *builder)
{
    const struct schema_type *types[SCHEMA_TYPE_CAPACITY];
    size_t count = schema_types(&SCHEMA_PACK, types, SCHEMA_TYPE_CAPACITY);
    text_append_literal(
        builder,
        "# The pack format, version 1\n\n"
        "This page is written from the table in `schema_table.c`, which the reader checks packs by; a test "
        "compares them.\n\n"
        "A pack is one YAML document in UTF-8. Unknown and duplicate keys, wrong kinds and malformed texts "
        "are errors, all reported\n"
        "in one go. Anchors, aliases, tags, merge keys, directives and second documents are refused. Scalars "
        "mean what the format\n"
        "says, not what YAML guesses: `no` is a text, `2024-01-31` a date where a date stands.\n\n"
        "The name `as_of`, the day that is asked for, is known everywhere. A pack sees its own names and "
        "those of the packs that it\n"
        "uses. Facts, parameters, definitions and tables share one set of names, rules have another.\n");
    for (size_t i = 0; i < count; i++)
        if (has_section(types[i]))
            append_section(builder, types[i]);
}
