/* SPDX-License-Identifier: Apache-2.0 */
/* Reads indicators: a ratio or a value over the rows of an entity, regions and a target. */
#include "pack/reader_parts.h"

/* Reads an aggregate; of.text.bytes is NULL where none is given. name is what messages call it. */
static struct pack_aggregate read_aggregate(struct pack_reader *reader, const struct pack_node *node,
                                            struct text name)
{
    static const char *const KINDS[] = {[AGGREGATE_COUNT] = "count",
                                        [AGGREGATE_SUM] = "sum",
                                        [AGGREGATE_MEAN] = "mean",
                                        [AGGREGATE_MIN] = "min",
                                        [AGGREGATE_MAX] = "max",
                                        [AGGREGATE_DISTINCT] = "distinct",
                                        NULL};
    struct pack_aggregate aggregate = {.of = {.text = {NULL, 0}}};
    if (!node || node->kind != PACK_NODE_MAPPING)
        return aggregate;
    aggregate.of = reader_name(node, "of");
    aggregate.where = reader_expression(node, "where");
    aggregate.location = node->where;
    size_t kind = reader_exactly_one(reader, node, name, node->where, KINDS);
    if (kind == SIZE_MAX)
        return aggregate;
    aggregate.kind = (enum aggregate_kind)kind;
    aggregate.expression = reader_expression(node, KINDS[kind]);
    return aggregate;
}

/* Reads the ratio or the value, of which there must be one, and the factor of a ratio. */
static void read_measure(struct pack_reader *reader, const struct pack_entry *entry,
                         struct pack_indicator *indicator)
{
    static const char *const EITHER[] = {"ratio", "value", NULL};
    const struct pack_node *node = entry->node, *ratio = reader_get(node, "ratio"),
                           *per = reader_get(node, "per");
    size_t kind = reader_exactly_one(reader, node, entry->key, entry->key_where, EITHER);
    indicator->is_ratio = kind == 0;
    if (ratio) {
        indicator->numerator = read_aggregate(reader, reader_get(ratio, "numerator"), TEXT("numerator"));
        indicator->denominator =
            read_aggregate(reader, reader_get(ratio, "denominator"), TEXT("denominator"));
    } else {
        indicator->value = read_aggregate(reader, reader_get(node, "value"), TEXT("value"));
    }
    indicator->per = reader_expression(node, "per");
    if (per && kind == 1)
        READER_ERROR(reader, TUOYU_ERROR_PACK, per->where, TEXT("remove it"),
                     "'per' is the factor of a ratio, but '%.*s' has none", TEXT_ARGUMENTS(entry->key));
    else if (per && text_equals(indicator->unit, TEXT("percent")))
        READER_ERROR(reader, TUOYU_ERROR_PACK, per->where, TEXT("remove it, or name another unit"),
                     "a ratio in percent has no other factor");
}

/* Reads the target; without one target_kind stays TARGET_NONE. */
static void read_target(struct pack_reader *reader, const struct pack_entry *entry,
                        struct pack_indicator *indicator)
{
    static const char *const KINDS[] = {"at_least", "at_most", "exactly", NULL};
    const struct pack_node *target = reader_get(entry->node, "target");
    if (!target || target->kind != PACK_NODE_MAPPING)
        return;
    size_t kind = reader_exactly_one(reader, target, TEXT("target"), target->where, KINDS);
    if (kind == SIZE_MAX)
        return;
    indicator->target_kind = (enum target_kind)(kind + TARGET_AT_LEAST);
    indicator->target = reader_expression(target, KINDS[kind]);
}

/* Reads the numbers of a region that the aggregates can use. */
static void read_region_numbers(struct pack_reader *reader, const struct pack_node *with,
                                struct pack_indicator *indicator)
{
    size_t count = reader_entry_count(with);
    indicator->with = reader_array(reader, count, sizeof *indicator->with);
    if (!indicator->with)
        return;
    indicator->with_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct pack_entry *entry = &with->entries[i];
        indicator->with[i] =
            (struct pack_region_number){.name = entry->key,
                                        .where = entry->key_where,
                                        .aggregate = read_aggregate(reader, entry->node, entry->key),
                                        .by = reader_name(entry->node, "by")};
    }
}

/* Reads one indicator of the section; problems are reported and kept in the reader. */
static void read_indicator(struct pack_reader *reader, const struct pack_entry *entry,
                           struct pack_indicator *indicator)
{
    const struct pack_node *node = entry->node;
    *indicator = (struct pack_indicator){.rule = reader_rule(reader, entry)};
    reader_unit(reader, node, "unit", &indicator->unit);
    if (node->kind != PACK_NODE_MAPPING)
        return;
    read_measure(reader, entry, indicator);
    read_target(reader, entry, indicator);
    read_region_numbers(reader, reader_get(node, "with"), indicator);
    indicator->by = reader_names(reader, reader_get(node, "by"), &indicator->by_count);
    struct map seen;
    map_init(&seen, reader->arena);
    for (size_t i = 0; i < indicator->by_count; i++)
        reader_unique(reader, &seen, indicator->by[i].text, indicator->by[i].where, "region");
}

void reader_indicators(struct pack_reader *reader, const struct pack_node *section)
{
    size_t count = reader_entry_count(section);
    struct pack_indicator *indicators = reader_array(reader, count, sizeof *indicators);
    if (!indicators)
        return;
    for (size_t i = 0; i < count; i++)
        read_indicator(reader, &section->entries[i], &indicators[i]);
    reader->model->indicators = indicators;
    reader->model->indicator_count = count;
}
