/* SPDX-License-Identifier: Apache-2.0 */
/* Reads eligibility rules: criteria and their groups, exceptions, scorecards, checklists and the order of
 * admission. */
#include <assert.h>

#include "pack/reader_parts.h"

/* ---- Criteria ---- */

/* The keys of a whole rule, those of a criterion, and the kind of criterion that each of the latter makes. */
static const char *const GROUP_KEYS[] = {"all", "any", "none", "at_least", NULL};
static const char *const CRITERION_KEYS[] = {"when", "all", "any", "none", "at_least", NULL};
static const enum criterion_kind CRITERION_KINDS[] = {CRITERION_LEAF, CRITERION_ALL, CRITERION_ANY,
                                                      CRITERION_NONE, CRITERION_AT_LEAST};

static void read_criterion(struct pack_reader *reader, const struct pack_node *node,
                           struct pack_criterion *criterion, struct map *ids);

/* The list of a group's criteria, NULL where there is none. For `at_least: {count: 2, of: […]}` it reads the
 * count too, and reports one that cannot be met. */
static const struct pack_node *group_items(struct pack_reader *reader, const struct pack_node *group,
                                           struct pack_criterion *criterion)
{
    if (criterion->kind != CRITERION_AT_LEAST)
        return group;
    const struct pack_node *items = reader_get(group, "of"), *count = reader_get(group, "count");
    if (!count || count->kind != PACK_NODE_SCALAR || !scalar_whole(count->text, &criterion->count))
        return items;
    size_t most = reader_item_count(items);
    if (most > 0 && (criterion->count < 1 || (uint64_t)criterion->count > most))
        READER_ERROR(reader, TUOYU_ERROR_PACK, count->where, TEXT(""),
                     "at least %.*s of %zu criteria: it must be 1 to %zu", TEXT_ARGUMENTS(count->text), most,
                     most);
    return items;
}

/* Reads the group under a key, by its index in CRITERION_KEYS; SIZE_MAX and the key of a leaf read nothing.
 * The recursion is as deep as the tree, whose depth is limited. */
static void read_group(struct pack_reader *reader, const struct pack_node *node, size_t kind,
                       struct pack_criterion *criterion, struct map *ids)
{
    assert(kind == SIZE_MAX || kind < sizeof CRITERION_KINDS / sizeof *CRITERION_KINDS);
    if (kind == SIZE_MAX)
        return;
    criterion->kind = CRITERION_KINDS[kind];
    if (criterion->kind == CRITERION_LEAF)
        return;
    const struct pack_node *items = group_items(reader, reader_get(node, CRITERION_KEYS[kind]), criterion);
    size_t count = reader_item_count(items);
    criterion->children = reader_array(reader, count, sizeof *criterion->children);
    if (!criterion->children)
        return;
    criterion->child_count = count;
    for (size_t i = 0; i < count; i++)
        read_criterion(reader, items->items[i], &criterion->children[i], ids);
}

/* Reads a criterion, and those in it where it is a group. ids: all ids of the rule so far. */
static void read_criterion(struct pack_reader *reader, const struct pack_node *node,
                           struct pack_criterion *criterion, struct map *ids)
{
    struct pack_name id = reader_name(node, "id");
    *criterion = (struct pack_criterion){.id = id.text, .where = id.text.bytes ? id.where : node->where};
    if (node->kind != PACK_NODE_MAPPING)
        return;
    criterion->because = reader_localised(node, "because");
    criterion->when = reader_expression(node, "when");
    criterion->only_if = reader_expression(node, "only_if");
    criterion->cite = reader_cite(node, "cite");
    criterion->standing = reader_standing(node, "standing");
    reader_unique(reader, ids, id.text, id.where, "criterion");
    struct text name = id.text.bytes ? id.text : TEXT("criterion");
    read_group(reader, node, reader_exactly_one(reader, node, name, criterion->where, CRITERION_KEYS),
               criterion, ids);
}

/* Reads the exceptions. */
static void read_exceptions(struct pack_reader *reader, const struct pack_node *exceptions,
                            struct pack_eligibility *rule, struct map *ids)
{
    size_t count = reader_item_count(exceptions);
    rule->exceptions = reader_array(reader, count, sizeof *rule->exceptions);
    if (!rule->exceptions)
        return;
    rule->exception_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct pack_node *node = exceptions->items[i];
        struct pack_name id = reader_name(node, "id");
        rule->exceptions[i] = (struct pack_exception){
            .id = id.text,
            .where = id.text.bytes ? id.where : node->where,
            .because = reader_localised(node, "because"),
            .when = reader_expression(node, "when"),
            .cite = reader_cite(node, "cite"),
            .standing = reader_standing(node, "standing"),
            .is_waiver = text_equals(reader_text(node, "decision"), TEXT("eligible"))};
        reader_unique(reader, ids, id.text, id.where, "criterion");
    }
}

/* ---- Scorecards ---- */

/* Reads an item of the scorecard. */
static void read_score_item(struct pack_reader *reader, const struct pack_node *node,
                            struct pack_score_item *item, struct map *ids)
{
    struct pack_name id = reader_name(node, "id");
    *item = (struct pack_score_item){.id = id.text,
                                     .where = id.text.bytes ? id.where : node->where,
                                     .because = reader_localised(node, "because"),
                                     .points = reader_expression(node, "points"),
                                     .when = reader_expression(node, "when"),
                                     .at_most = reader_expression(node, "at_most"),
                                     .at_least = reader_expression(node, "at_least"),
                                     .cite = reader_cite(node, "cite"),
                                     .standing = reader_standing(node, "standing")};
    if (node->kind == PACK_NODE_MAPPING)
        reader_unique(reader, ids, id.text, id.where, "criterion or item");
}

/* Reports a grade with a wrong threshold: only the last one has none, because it takes all the rest. */
static void check_grade(struct pack_reader *reader, const struct pack_grade *grade, bool is_last)
{
    if (!grade->id.bytes || is_last == !grade->at_least.text.bytes)
        return;
    if (is_last)
        READER_ERROR(reader, TUOYU_ERROR_PACK, grade->where, TEXT("remove it, or add a grade below"),
                     "'%.*s' is the last grade and takes all the rest, so it has no 'at_least'",
                     TEXT_ARGUMENTS(grade->id));
    else
        READER_ERROR(reader, TUOYU_ERROR_PACK, grade->where, TEXT("only the last grade has none"),
                     "'at_least' is missing in the grade '%.*s'", TEXT_ARGUMENTS(grade->id));
}

/* Reads the grades, the best first. */
static void read_grades(struct pack_reader *reader, const struct pack_node *grades, struct pack_score *score)
{
    size_t count = reader_item_count(grades);
    struct map ids;
    map_init(&ids, reader->arena);
    score->grades = reader_array(reader, count, sizeof *score->grades);
    if (!score->grades)
        return;
    score->grade_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct pack_node *node = grades->items[i];
        struct pack_name id = reader_name(node, "id");
        score->grades[i] = (struct pack_grade){.id = id.text,
                                               .where = id.text.bytes ? id.where : node->where,
                                               .label = reader_localised(node, "label"),
                                               .consequence = reader_localised(node, "consequence"),
                                               .at_least = reader_expression(node, "at_least"),
                                               .cite = reader_cite(node, "cite"),
                                               .standing = reader_standing(node, "standing")};
        reader_unique(reader, &ids, id.text, id.where, "grade");
        check_grade(reader, &score->grades[i], i + 1 == count);
    }
}

/* Reads the scorecard; without one score->is_given stays false. */
static void read_score(struct pack_reader *reader, const struct pack_node *node, struct pack_score *score,
                       struct map *ids)
{
    const struct pack_node *items = reader_get(node, "items");
    size_t count = reader_item_count(items);
    if (!node)
        return;
    *score = (struct pack_score){.is_given = true, .where = node->where};
    score->items = reader_array(reader, count, sizeof *score->items);
    if (!score->items)
        return;
    score->item_count = count;
    for (size_t i = 0; i < count; i++)
        read_score_item(reader, items->items[i], &score->items[i], ids);
    read_grades(reader, reader_get(node, "grades"), score);
}

/* ---- Checklists ---- */

/* Reads the checklist. */
static void read_checklist(struct pack_reader *reader, const struct pack_node *items,
                           struct pack_eligibility *rule, struct map *ids)
{
    size_t count = reader_item_count(items);
    rule->checklist = reader_array(reader, count, sizeof *rule->checklist);
    if (!rule->checklist)
        return;
    rule->checklist_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct pack_node *node = items->items[i];
        struct pack_name id = reader_name(node, "id");
        rule->checklist[i] = (struct pack_checklist_item){.id = id.text,
                                                          .where = id.text.bytes ? id.where : node->where,
                                                          .because = reader_localised(node, "because"),
                                                          .done = reader_expression(node, "done"),
                                                          .from = reader_expression(node, "from"),
                                                          .due = reader_expression(node, "due"),
                                                          .only_if = reader_expression(node, "only_if"),
                                                          .cite = reader_cite(node, "cite"),
                                                          .standing = reader_standing(node, "standing")};
        if (node->kind == PACK_NODE_MAPPING)
            reader_unique(reader, ids, id.text, id.where, "criterion or item");
    }
}

/* ---- Admission ---- */

/* Reads the keys by which a waiting list is ordered. */
static void read_admission(struct pack_reader *reader, const struct pack_node *keys,
                           struct pack_eligibility *rule)
{
    static const char *const DIRECTIONS[] = {"first", "ascending", "descending", NULL};
    size_t count = reader_item_count(keys);
    struct map ids;
    map_init(&ids, reader->arena);
    rule->admission = reader_array(reader, count, sizeof *rule->admission);
    if (!rule->admission)
        return;
    rule->admission_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct pack_node *node = keys->items[i];
        struct pack_name id = reader_name(node, "id");
        struct pack_admission_key *key = &rule->admission[i];
        *key = (struct pack_admission_key){.id = id.text,
                                           .where = id.text.bytes ? id.where : node->where,
                                           .because = reader_localised(node, "because"),
                                           .cite = reader_cite(node, "cite"),
                                           .standing = reader_standing(node, "standing")};
        if (node->kind != PACK_NODE_MAPPING)
            continue;
        reader_unique(reader, &ids, id.text, id.where, "key");
        struct text name = id.text.bytes ? id.text : TEXT("key");
        size_t direction = reader_exactly_one(reader, node, name, key->where, DIRECTIONS);
        if (direction == SIZE_MAX)
            continue;
        key->direction = (enum admission_direction)direction;
        key->expression = reader_expression(node, DIRECTIONS[direction]);
    }
}

/* ---- Validity ---- */

/* Adds the criterion of `valid_until` to a rule that has one. The criteria become a group that must be met
 * together with it, unless they are such a group already. */
static void add_validity(struct pack_reader *reader, const struct pack_node *node,
                         struct pack_eligibility *rule, struct map *ids)
{
    static const struct localised STILL_VALID = {.zh = {"仍在有效期内", sizeof "仍在有效期内" - 1},
                                                 .en = {"still valid", 11}};
    static const struct localised CRITERIA = {.zh = {"条件", sizeof "条件" - 1}, .en = {"the criteria", 12}};
    rule->valid_until = reader_expression(node, "valid_until");
    if (!rule->valid_until.text.bytes)
        return;
    struct pack_criterion *whole = &rule->criterion;
    bool is_all = whole->kind == CRITERION_ALL;
    size_t count = is_all ? whole->child_count : 1;
    struct pack_criterion *children = reader_array(reader, count + 1, sizeof *children);
    if (!children)
        return;
    struct location where = reader_get(node, "valid_until")->where;
    for (size_t i = 0; is_all && i < count; i++)
        children[i] = whole->children[i];
    if (!is_all) {
        children[0] = *whole;
        children[0].id = TEXT("criteria");
        children[0].because = CRITERIA;
        reader_unique(reader, ids, children[0].id, where, "criterion");
    }
    children[count] = (struct pack_criterion){
        .kind = CRITERION_LEAF,
        .id = TEXT("valid_until"),
        .because = STILL_VALID,
        .where = where,
        .when = {.text = TEXT("valid_until = null or as_of <= valid_until"), .where = where}};
    reader_unique(reader, ids, children[count].id, where, "criterion");
    *whole = (struct pack_criterion){
        .kind = CRITERION_ALL, .children = children, .child_count = count + 1, .where = whole->where};
}

/* ---- The rule ---- */

/* Reads one rule of the section; problems are reported and kept in the reader. */
static void read_eligibility(struct pack_reader *reader, const struct pack_entry *entry,
                             struct pack_eligibility *rule)
{
    *rule = (struct pack_eligibility){.rule = reader_rule(reader, entry),
                                      .criterion = {.kind = CRITERION_ALL, .where = entry->key_where}};
    if (entry->node->kind != PACK_NODE_MAPPING)
        return;
    struct map ids;
    map_init(&ids, reader->arena);
    size_t kind = reader_exactly_one(reader, entry->node, entry->key, entry->key_where, GROUP_KEYS);
    read_group(reader, entry->node, kind == SIZE_MAX ? kind : kind + 1, &rule->criterion, &ids);
    read_exceptions(reader, reader_get(entry->node, "except"), rule, &ids);
    read_score(reader, reader_get(entry->node, "score"), &rule->score, &ids);
    read_checklist(reader, reader_get(entry->node, "checklist"), rule, &ids);
    read_admission(reader, reader_get(entry->node, "admission"), rule);
    add_validity(reader, entry->node, rule, &ids);
}

void reader_eligibility(struct pack_reader *reader, const struct pack_node *section)
{
    size_t count = reader_entry_count(section);
    struct pack_eligibility *rules = reader_array(reader, count, sizeof *rules);
    if (!rules)
        return;
    for (size_t i = 0; i < count; i++)
        read_eligibility(reader, &section->entries[i], &rules[i]);
    reader->model->eligibility = rules;
    reader->model->eligibility_count = count;
}
