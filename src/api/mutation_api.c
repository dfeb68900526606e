/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions that list small changes of a pack. */
#include <tuoyu/mutations.h>

#include "pack/mutation.h"
#include "pack/yaml_text.h"

/* Reads the pack and lists its changes into an empty list. */
static tuoyu_status fill(tuoyu_mutations *mutations, const tuoyu_pack_text *pack,
                         tuoyu_diagnostics *diagnostics)
{
    struct pack_node *root = NULL;
    struct text text = text_of(pack->text, pack->text_length);
    mutations->skipped = (uint32_t)(text.length - yaml_text_without_mark(text).length);
    tuoyu_status status = pack_node_read(&mutations->arena, text_of(pack->name, pack->name_length), text,
                                         NULL, &root, diagnostics);
    if (status == TUOYU_OK)
        status = schema_check(root, &SCHEMA_PACK, TEXT("the pack"), diagnostics);
    if (status == TUOYU_OK)
        mutations_find(mutations, root, diagnostics);
    return mutations->arena.failed ? report_no_memory(diagnostics) : status;
}

tuoyu_status tuoyu_pack_mutations(const tuoyu_pack_text *pack, tuoyu_mutations **out,
                                  tuoyu_diagnostics *diagnostics)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!pack || !pack->text)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    tuoyu_allocator allocator = allocator_or_default(NULL);
    tuoyu_mutations *mutations = allocator_allocate(&allocator, sizeof *mutations);
    if (!mutations)
        return report_no_memory(diagnostics);
    *mutations = (tuoyu_mutations){.items = NULL};
    arena_init(&mutations->arena, &allocator);
    tuoyu_status status = fill(mutations, pack, diagnostics);
    if (status == TUOYU_OK)
        *out = mutations;
    else
        tuoyu_mutations_free(mutations);
    return status;
}

size_t tuoyu_mutations_count(const tuoyu_mutations *mutations)
{
    return mutations ? mutations->count : 0;
}

tuoyu_status tuoyu_mutations_get(const tuoyu_mutations *mutations, size_t index, tuoyu_mutation *out)
{
    if (!mutations || !out || index >= mutations->count)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    const struct mutation *item = &mutations->items[index];
    struct position position = source_position(item->where);
    *out = (tuoyu_mutation){.offset = item->where.offset + mutations->skipped,
                            .length = item->where.length,
                            .line = position.line,
                            .column = position.column,
                            .kind = item->kind,
                            .place = item->place.bytes,
                            .was = item->was.bytes,
                            .instead = item->instead.bytes,
                            .cite = item->cite.bytes};
    return TUOYU_OK;
}

void tuoyu_mutations_free(tuoyu_mutations *mutations)
{
    if (!mutations)
        return;
    tuoyu_allocator allocator = mutations->arena.allocator;
    arena_free(&mutations->arena);
    allocator_free(&allocator, mutations, sizeof *mutations);
}
