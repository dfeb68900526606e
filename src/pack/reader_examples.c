/* SPDX-License-Identifier: Apache-2.0 */
/* Reads worked examples: what is given, and what is expected to come out. */
#include <assert.h>
#include <string.h>

#include "pack/facts_reader.h"
#include "pack/reader_parts.h"
#include "pack/schema.h"

/* ---- What is given ---- */

/* Reads the rows of an indicator's example. */
static void read_rows(struct pack_reader *reader, const struct pack_node *entities,
                      struct pack_example *example)
{
    size_t total = 0;
    for (size_t i = 0; i < reader_entry_count(entities); i++)
        total += reader_item_count(entities->entries[i].node);
    example->rows = reader_array(reader, total, sizeof *example->rows);
    if (!example->rows)
        return;
    for (size_t i = 0; i < reader_entry_count(entities); i++) {
        const struct pack_entry *entry = &entities->entries[i];
        for (size_t j = 0; j < reader_item_count(entry->node); j++) {
            struct pack_example_row *row = &example->rows[example->row_count++];
            *row = (struct pack_example_row){.entity = entry->key, .where = entry->node->items[j]->where};
            tuoyu_status status = given_row_of(reader->arena, entry->key, entry->node->items[j], &row->facts,
                                               &row->fact_count, reader->diagnostics);
            if (status != TUOYU_OK)
                reader_remember(reader, status);
        }
    }
}

/* Reads the claims against a budget. */
static void read_claims(struct pack_reader *reader, const struct pack_node *claims,
                        struct pack_example *example)
{
    size_t count = reader_entry_count(claims);
    example->claims = reader_array(reader, count, sizeof *example->claims);
    if (!example->claims)
        return;
    example->claim_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct pack_entry *entry = &claims->entries[i];
        struct pack_example_row *claim = &example->claims[i];
        *claim = (struct pack_example_row){.entity = entry->key, .where = entry->key_where};
        tuoyu_status status = given_facts_of(reader->arena, entry->node, &claim->facts, &claim->fact_count,
                                             reader->diagnostics);
        if (status != TUOYU_OK)
            reader_remember(reader, status);
    }
}

/* Reads the region that an indicator is asked for. */
static void read_region(struct pack_reader *reader, const struct pack_node *region,
                        struct pack_example *example)
{
    if (reader_entry_count(region) == 0)
        return;
    if (region->count > 1)
        READER_ERROR(reader, TUOYU_ERROR_PACK, region->entries[1].key_where, TEXT("name one region"),
                     "an example asks for one region, not for %u", region->count);
    if (region->entries[0].node->kind != PACK_NODE_SCALAR)
        return;
    example->region_kind = region->entries[0].key;
    example->region_id = region->entries[0].node->text;
}

/* Reads the cases of a waiting list and its places, which must come together. */
static void read_cases(struct pack_reader *reader, const struct pack_node *node, struct pack_example *example)
{
    const struct pack_node *cases = reader_get(node, "cases"), *places = reader_get(node, "places");
    size_t count = reader_entry_count(cases);
    example->cases = reader_array(reader, count, sizeof *example->cases);
    if (!example->cases)
        return;
    example->case_count = count;
    scalar_whole(reader_text(node, "places"), &example->places);
    if (!cases != !places)
        READER_ERROR(reader, TUOYU_ERROR_PACK, cases ? cases->where : places->where,
                     TEXT("cases of a waiting list have places"), "'cases' and 'places' go together");
    if (cases && (reader_has(node, "given") || reader_has(node, "rows")))
        READER_ERROR(reader, TUOYU_ERROR_PACK, cases->where, TEXT("remove the others"),
                     "an example has either 'given', 'rows' or 'cases'");
    for (size_t i = 0; i < count; i++) {
        const struct pack_entry *entry = &cases->entries[i];
        struct pack_example_case *one = &example->cases[i];
        *one = (struct pack_example_case){.id = entry->key, .where = entry->key_where};
        tuoyu_status status =
            given_facts_of(reader->arena, entry->node, &one->facts, &one->fact_count, reader->diagnostics);
        if (status != TUOYU_OK)
            reader_remember(reader, status);
    }
}

/* ---- What is expected ---- */

/* What a key expects where a scalar stands under it, and where a list or mapping does. */
static const struct {
    const char *key;
    enum expect_key scalar, list;
} EXPECT_KEYS[] = {
    {"outcome", EXPECT_OUTCOME, EXPECT_OUTCOME},
    {"missing", EXPECT_MISSING, EXPECT_MISSING},
    {"error", EXPECT_ERROR, EXPECT_ERROR},
    {"standing", EXPECT_STANDING, EXPECT_STANDING},
    {"amount", EXPECT_AMOUNT, EXPECT_AMOUNT},
    {"complies", EXPECT_COMPLIES, EXPECT_COMPLIES},
    {"excess", EXPECT_EXCESS, EXPECT_EXCESS},
    {"shortfall", EXPECT_SHORTFALL, EXPECT_SHORTFALL},
    {"binding", EXPECT_BINDING, EXPECT_BINDING},
    {"breaks", EXPECT_BREAKS, EXPECT_BREAKS},
    {"steps", EXPECT_STEPS, EXPECT_STEPS},
    {"whole", EXPECT_WHOLE, EXPECT_WHOLE},
    {"shares", EXPECT_SHARES, EXPECT_SHARES},
    {"subsidies", EXPECT_SUBSIDIES, EXPECT_SUBSIDIES},
    {"instalments", EXPECT_INSTALMENTS, EXPECT_INSTALMENTS},
    {"states", EXPECT_STATES, EXPECT_STATES},
    {"entitled", EXPECT_ENTITLED, EXPECT_ENTITLED},
    {"claw_back", EXPECT_CLAW_BACK, EXPECT_CLAW_BACK},
    {"payable", EXPECT_PAYABLE, EXPECT_PAYABLE},
    {"payments", EXPECT_PAYMENTS, EXPECT_PAYMENTS},
    {"left", EXPECT_LEFT, EXPECT_LEFT},
    {"unpaid", EXPECT_UNPAID, EXPECT_UNPAID},
    {"overspent", EXPECT_OVERSPENT, EXPECT_OVERSPENT},
    {"decision", EXPECT_DECISION, EXPECT_DECISION},
    {"met", EXPECT_TARGET_MET, EXPECT_CRITERIA_MET},
    {"unmet", EXPECT_CRITERIA_UNMET, EXPECT_CRITERIA_UNMET},
    {"unknown", EXPECT_UNKNOWN_ROWS, EXPECT_CRITERIA_UNKNOWN},
    {"exception", EXPECT_EXCEPTION, EXPECT_EXCEPTION},
    {"deciding", EXPECT_DECIDING, EXPECT_DECIDING},
    {"to_become_eligible", EXPECT_TO_BECOME_ELIGIBLE, EXPECT_TO_BECOME_ELIGIBLE},
    {"score", EXPECT_SCORE, EXPECT_SCORE},
    {"grade", EXPECT_GRADE, EXPECT_GRADE},
    {"grades", EXPECT_GRADES, EXPECT_GRADES},
    {"valid_until", EXPECT_VALID_UNTIL, EXPECT_VALID_UNTIL},
    {"admitted", EXPECT_ADMITTED, EXPECT_ADMITTED},
    {"waiting", EXPECT_WAITING, EXPECT_WAITING},
    {"pending", EXPECT_PENDING, EXPECT_PENDING},
    {"refused", EXPECT_REFUSED, EXPECT_REFUSED},
    {"value", EXPECT_VALUE, EXPECT_VALUE},
    {"target", EXPECT_TARGET, EXPECT_TARGET},
    {"distance", EXPECT_DISTANCE, EXPECT_DISTANCE},
    {"numerator", EXPECT_NUMERATOR, EXPECT_NUMERATOR},
    {"denominator", EXPECT_DENOMINATOR, EXPECT_DENOMINATOR},
    {"lower", EXPECT_LOWER, EXPECT_LOWER},
    {"upper", EXPECT_UPPER, EXPECT_UPPER},
};

/* The status of a word of SCHEMA_ERROR_WORDS, as `shares` of TUOYU_ERROR_SHARES; TUOYU_OK for any other
 * word. */
static tuoyu_status status_of_word(struct text word)
{
    enum { PREFIX = sizeof "TUOYU_ERROR_" - 1 };
    for (tuoyu_status status = TUOYU_ERROR_TABLE_CONFLICT; status < TUOYU_OK; status++) {
        const char *name = tuoyu_status_name(status);
        if (strlen(name) != word.length + PREFIX)
            continue;
        size_t i = 0;
        while (i < word.length &&
               (name[PREFIX + i] == '_' ? '_' : name[PREFIX + i] - 'A' + 'a') == word.bytes[i])
            i++;
        if (i == word.length)
            return status;
    }
    return TUOYU_OK;
}

/* Makes an expected item. value: the node under its id, NULL in a list of ids. */
static struct expected_item read_item(struct text id, const struct pack_node *value, struct location where)
{
    struct expected_item item = {.id = id, .where = where};
    if (!value || value->kind != PACK_NODE_SCALAR)
        return item;
    item.text = value->text;
    item.is_number = decimal_parse(value->text, &item.number) == TUOYU_OK;
    return item;
}

/* The text of an item of a list. A list within the list is written as `a, b`. */
static struct text item_text(struct pack_reader *reader, const struct pack_node *item)
{
    if (item->kind != PACK_NODE_SEQUENCE)
        return item->text;
    struct text_builder builder;
    text_builder_init_arena(&builder, reader->arena);
    text_append(&builder, TEXT(""));
    for (size_t i = 0; i < item->count; i++) {
        if (i)
            text_append(&builder, TEXT(", "));
        if (item->items[i]->kind == PACK_NODE_SCALAR)
            text_append(&builder, item->items[i]->text);
    }
    if (builder.failed)
        reader_remember(reader, TUOYU_ERROR_NO_MEMORY);
    return text_builder_text(&builder);
}

/* Reads the items of an expectation that is a list or a mapping. */
static void read_items(struct pack_reader *reader, const struct pack_node *node,
                       struct pack_expectation *expectation)
{
    assert(node->kind != PACK_NODE_SCALAR);
    expectation->items = reader_array(reader, node->count, sizeof *expectation->items);
    if (!expectation->items)
        return;
    expectation->item_count = node->count;
    for (size_t i = 0; i < node->count; i++)
        expectation->items[i] =
            node->kind == PACK_NODE_SEQUENCE
                ? read_item(item_text(reader, node->items[i]), NULL, node->items[i]->where)
                : read_item(node->entries[i].key, node->entries[i].node, node->entries[i].key_where);
}

/* Reads one expectation; false where its key is unknown, which the schema's check has reported. */
static bool read_expectation(struct pack_reader *reader, const struct pack_entry *entry,
                             struct pack_expectation *expectation)
{
    const struct pack_node *node = entry->node;
    bool is_scalar = node->kind == PACK_NODE_SCALAR;
    for (size_t i = 0; i < sizeof EXPECT_KEYS / sizeof *EXPECT_KEYS; i++) {
        if (!text_is(entry->key, EXPECT_KEYS[i].key))
            continue;
        *expectation = (struct pack_expectation){
            .key = is_scalar ? EXPECT_KEYS[i].scalar : EXPECT_KEYS[i].list, .where = entry->key_where};
        if (!is_scalar) {
            read_items(reader, node, expectation);
            return true;
        }
        expectation->text = node->text;
        expectation->is_number = decimal_parse(node->text, &expectation->number) == TUOYU_OK;
        if (expectation->key == EXPECT_ERROR)
            expectation->error = status_of_word(node->text);
        if (expectation->key == EXPECT_STANDING)
            expectation->standing = scalar_standing(node->text);
        return true;
    }
    return false;
}

/* Reads all expectations. */
static void read_expectations(struct pack_reader *reader, const struct pack_node *expect,
                              struct pack_example *example)
{
    size_t count = reader_entry_count(expect);
    example->expect = reader_array(reader, count, sizeof *example->expect);
    for (size_t i = 0; example->expect && i < count; i++)
        if (read_expectation(reader, &expect->entries[i], &example->expect[example->expect_count]))
            example->expect_count++;
}

/* ---- Examples ---- */

/* Reads one example. */
static void read_example(struct pack_reader *reader, const struct pack_node *node,
                         struct pack_example *example)
{
    struct pack_name name = reader_name(node, "name");
    *example = (struct pack_example){.name = name.text,
                                     .where = name.text.bytes ? name.where : node->where,
                                     .rule = reader_name(node, "rule")};
    if (date_parse(reader_text(node, "as_of"), &example->as_of) != TUOYU_OK)
        example->as_of = 0;
    const struct pack_node *given = reader_get(node, "given");
    if (given) {
        tuoyu_status status =
            given_facts_of(reader->arena, given, &example->given, &example->given_count, reader->diagnostics);
        if (status != TUOYU_OK)
            reader_remember(reader, status);
    }
    read_rows(reader, reader_get(node, "rows"), example);
    read_claims(reader, reader_get(node, "claims"), example);
    read_region(reader, reader_get(node, "region"), example);
    read_cases(reader, node, example);
    read_expectations(reader, reader_get(node, "expect"), example);
    example->cite = reader_cite(node, "cite");
    example->standing = reader_standing(node, "standing");
    example->note = reader_localised(node, "note");
}

void reader_examples(struct pack_reader *reader, const struct pack_node *section)
{
    size_t count = reader_item_count(section);
    struct pack_example *examples = reader_array(reader, count, sizeof *examples);
    if (!examples)
        return;
    struct map names;
    map_init(&names, reader->arena);
    for (size_t i = 0; i < count; i++) {
        read_example(reader, section->items[i], &examples[i]);
        reader_unique(reader, &names, examples[i].name, examples[i].where, "example");
    }
    reader->model->examples = examples;
    reader->model->example_count = count;
}
