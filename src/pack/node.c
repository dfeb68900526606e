/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the tree of a YAML text from the events of libyaml, within limits. Errors after which the shape of
 * the tree is still certain are remembered and reading goes on; the others end it. */
#include "pack/node.h"

#include <assert.h>
#include <string.h>
#include <yaml.h>

#include "base/map.h"
#include "pack/yaml_error.h"
#include "pack/yaml_text.h"

enum {
    DEFAULT_TEXT_BYTES = 1024 * 1024,
    DEFAULT_DEPTH = 64,
    DEEPEST =
        512, /* the depth is never above this, whatever the limits say: the reader recurses along the tree */
    DEFAULT_NODES = 100000,
    DEFAULT_SCALAR_BYTES = 64 * 1024,
    FEW_KEYS = 12 /* a mapping of at most so many keys is searched key by key, without a map */
};

/* Steps charged to the quota. libyaml makes a parser for each text, looks at each byte several times and
 * allocates for each event. */
enum { STEPS_A_TEXT = 300, STEPS_A_BYTE = 2, STEPS_AN_EVENT = 30 };

/* A collection that is not closed yet. Its entries or items so far stand on top of the shared stack of the
 * tree. */
struct frame {
    struct pack_node *node;
    size_t first;    /* index of its first entry or item in that stack */
    struct map keys; /* of a mapping with more than FEW_KEYS keys: key to index + 1 */
    bool has_key;    /* a key was read, so the next node is its value */
};

/* The tree in the making. */
struct tree_builder {
    struct arena *texts, *nodes;
    struct yaml_text text;
    size_t depth_limit, node_limit, scalar_limit;
    struct frame *frames;
    size_t depth, frame_capacity, node_count;
    /* stacks of the entries and items of all open collections; a collection gets an array of its exact size
     * when it is closed */
    struct pack_entry *entries;
    size_t entry_count, entry_capacity;
    struct pack_node **items;
    size_t item_count, item_capacity;
    struct pack_node *root;
    bool has_document;
    tuoyu_status first_error; /* the first error after which reading went on */
    tuoyu_diagnostics *diagnostics;
};

/* The limit, or the default where it is 0. */
static size_t limit_or(size_t limit, size_t otherwise)
{
    return limit ? limit : otherwise;
}

/* Keeps the first error after which reading goes on; later ones and TUOYU_OK change nothing. */
static void remember(struct tree_builder *tree, tuoyu_status status)
{
    if (tree->first_error == TUOYU_OK)
        tree->first_error = status;
}

/* The part of the source that an event was read from. */
static struct location event_location(struct tree_builder *tree, const yaml_event_t *event)
{
    return yaml_text_location(&tree->text, event->start_mark.index, event->end_mark.index);
}

/* The location cut to its first character. */
static struct location first_character(struct location where)
{
    if (where.length > 1)
        where.length = 1;
    return where;
}

/* ---- Adding nodes ---- */

/* Makes the node the root, the value of the last key, or the next item of the innermost open collection.
 * Returns TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status attach(struct tree_builder *tree, struct pack_node *node)
{
    assert(node);
    if (tree->depth == 0) {
        tree->root = node;
        return TUOYU_OK;
    }
    struct frame *frame = &tree->frames[tree->depth - 1];
    if (frame->node->kind == PACK_NODE_MAPPING) {
        assert(frame->has_key && tree->entry_count > frame->first);
        tree->entries[tree->entry_count - 1].node = node;
        frame->has_key = false;
        return TUOYU_OK;
    }
    struct pack_node **items =
        arena_grow(tree->nodes, tree->items, tree->item_count, &tree->item_capacity, sizeof *items);
    if (!items)
        return TUOYU_ERROR_NO_MEMORY;
    tree->items = items;
    items[tree->item_count++] = node;
    return TUOYU_OK;
}

/* A node without content at a location. */
static struct pack_node node_at(enum pack_node_kind kind, struct location where)
{
    return (struct pack_node){.kind = (uint8_t)kind, .where = where, .text_where = where, .text = TEXT("")};
}

/* Counts a value against the limit and makes its node. out: NULL for a key, which counts as a value but gets
 * no node. Returns TUOYU_OK, TUOYU_ERROR_LIMIT (reported) or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status new_node(struct tree_builder *tree, enum pack_node_kind kind, struct location where,
                             struct pack_node **out)
{
    if (++tree->node_count > tree->node_limit)
        return report(tree->diagnostics, TUOYU_ERROR_LIMIT, first_character(where),
                      TEXT("split the text, or raise the limit of nodes"), "more than %zu values in one text",
                      tree->node_limit);
    if (!out)
        return TUOYU_OK;
    *out = ARENA_NEW(tree->nodes, struct pack_node);
    if (!*out)
        return TUOYU_ERROR_NO_MEMORY;
    **out = node_at(kind, where);
    return TUOYU_OK;
}

/* Whether the next node is a key of the innermost open mapping. */
static bool expects_key(const struct tree_builder *tree)
{
    if (tree->depth == 0)
        return false;
    const struct frame *frame = &tree->frames[tree->depth - 1];
    return frame->node->kind == PACK_NODE_MAPPING && !frame->has_key;
}

/* Begins a list or mapping: makes its node, attaches it and pushes its frame. Returns TUOYU_OK, or the status
 * of an error, which is reported. */
static tuoyu_status open_collection(struct tree_builder *tree, enum pack_node_kind kind,
                                    const yaml_event_t *event)
{
    struct location where = first_character(event_location(tree, event));
    if (expects_key(tree))
        return report(tree->diagnostics, TUOYU_ERROR_PACK, where, TEXT("quote it if it is meant as a text"),
                      "a key must be a text, not a list or mapping");
    if (tree->depth >= tree->depth_limit)
        return report(tree->diagnostics, TUOYU_ERROR_LIMIT, where, TEXT(""), "nested more than %zu deep",
                      tree->depth_limit);
    struct pack_node *node = NULL;
    tuoyu_status status = new_node(tree, kind, where, &node);
    if (status == TUOYU_OK)
        status = attach(tree, node);
    if (status != TUOYU_OK)
        return status;
    struct frame *frames =
        arena_grow(tree->nodes, tree->frames, tree->depth, &tree->frame_capacity, sizeof *frames);
    if (!frames)
        return TUOYU_ERROR_NO_MEMORY;
    tree->frames = frames;
    frames[tree->depth] = (struct frame){
        .node = node, .first = kind == PACK_NODE_MAPPING ? tree->entry_count : tree->item_count};
    map_init(&frames[tree->depth].keys, tree->nodes);
    tree->depth++;
    return TUOYU_OK;
}

/* Ends the innermost collection: moves its entries or items from the stack into an array of its own. Returns
 * TUOYU_OK, or the status of an error, which is reported. */
static tuoyu_status close_collection(struct tree_builder *tree)
{
    assert(tree->depth > 0);
    const struct frame *frame = &tree->frames[--tree->depth];
    struct pack_node *node = frame->node;
    bool is_mapping = node->kind == PACK_NODE_MAPPING;
    size_t *top = is_mapping ? &tree->entry_count : &tree->item_count, count = *top - frame->first;
    assert(frame->first <= *top);
    node->count =
        (uint32_t)count; /* fits: an item takes at least a byte of a text whose offsets have 32 bits */
    *top = frame->first;
    if (count == 0)
        return TUOYU_OK;
    if (is_mapping) {
        node->entries = ARENA_ARRAY(tree->nodes, struct pack_entry, count);
        if (node->entries)
            memcpy(node->entries, tree->entries + frame->first, count * sizeof *node->entries);
        return node->entries ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
    }
    node->items = ARENA_ARRAY(tree->nodes, struct pack_node *, count);
    if (node->items)
        memcpy(node->items, tree->items + frame->first, count * sizeof *node->items);
    return node->items ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

/* ---- Scalars ---- */

/* The location of the text between the quotes of a scalar, or below the first line of a block. */
static struct location content_location(const yaml_event_t *event, struct location where)
{
    struct text content = where.source->content;
    switch (event->data.scalar.style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        if (where.length >= 2)
            return (struct location){where.source, where.offset + 1, where.length - 2};
        return where;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE: {
        size_t end = where.offset + where.length, start = where.offset;
        while (start < end && content.bytes[start] != '\n')
            start++;
        struct text trimmed = text_trim(text_slice(content, start, end));
        return (struct location){where.source, (uint32_t)(trimmed.bytes - content.bytes),
                                 (uint32_t)trimmed.length};
    }
    default: return where;
    }
}

size_t pack_scalar_limit(const tuoyu_limits *limits)
{
    return limit_or(limits->scalar_bytes, DEFAULT_SCALAR_BYTES);
}

/* Checks the length of a scalar and the characters that its escapes stand for; all others were seen by
 * yaml_text_check(). Returns TUOYU_OK, TUOYU_ERROR_LIMIT or TUOYU_ERROR_ENCODING, reported. */
static tuoyu_status check_scalar(struct tree_builder *tree, struct text text, yaml_scalar_style_t style,
                                 struct location where)
{
    if (text.length > tree->scalar_limit)
        return report(tree->diagnostics, TUOYU_ERROR_LIMIT, first_character(where), TEXT(""),
                      "a text of more than %zu bytes", tree->scalar_limit);
    if (style != YAML_DOUBLE_QUOTED_SCALAR_STYLE)
        return TUOYU_OK;
    for (size_t offset = 0, length; offset < text.length; offset += length) {
        uint32_t c = 0;
        length = 1;
        if (yaml_byte_is_plain(text.bytes[offset]))
            continue;
        length = utf8_decode(text, offset, &c);
        if (length > 0 && !yaml_character_is_refused(c))
            continue;
        return report(tree->diagnostics, TUOYU_ERROR_ENCODING, where, TEXT("remove the escape"),
                      "the character U+%04X may not stand in a text", (unsigned)c);
    }
    return TUOYU_OK;
}

/* Reads a scalar into a node, which for a key is a local one and not part of the tree. Returns TUOYU_OK, or
 * the status of an error, which is reported. */
static tuoyu_status read_scalar(struct tree_builder *tree, const yaml_event_t *event, struct location where,
                                struct pack_node *node)
{
    struct text text = {.bytes = (const char *)event->data.scalar.value, .length = event->data.scalar.length};
    tuoyu_status status = check_scalar(tree, text, event->data.scalar.style, where);
    if (status != TUOYU_OK)
        return status;
    node->text = text_copy(tree->texts, text);
    if (!node->text.bytes)
        return TUOYU_ERROR_NO_MEMORY;
    node->text_where = content_location(event, where);
    node->is_quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node->is_verbatim = text_equals(text, text_slice(where.source->content, node->text_where.offset,
                                                     node->text_where.offset + node->text_where.length));
    return TUOYU_OK;
}

/* The index + 1 of a key in the open mapping, or 0 where it is new. */
static uintptr_t find_key(const struct tree_builder *tree, const struct frame *frame, struct text key)
{
    size_t count = tree->entry_count - frame->first;
    if (count > FEW_KEYS)
        return (uintptr_t)map_get(&frame->keys, key);
    for (size_t i = 0; i < count; i++)
        if (text_equals(tree->entries[frame->first + i].key, key))
            return i + 1;
    return 0;
}

/* Enters the newest key into the map of keys. When the keys become more than FEW_KEYS, all earlier ones are
 * entered too; of a duplicate the first stays. Returns false without memory. */
static bool index_key(const struct tree_builder *tree, struct frame *frame, struct text key)
{
    size_t count = tree->entry_count - frame->first;
    if (count <= FEW_KEYS)
        return true;
    if (count > FEW_KEYS + 1)
        return map_get(&frame->keys, key) || map_put(&frame->keys, key, (void *)count);
    for (size_t i = 0; i < count; i++) {
        struct text earlier = tree->entries[frame->first + i].key;
        if (!map_get(&frame->keys, earlier) && !map_put(&frame->keys, earlier, (void *)(i + 1)))
            return false;
    }
    return true;
}

/* Begins an entry of the innermost mapping. Merge keys, empty keys and duplicates are reported and
 * remembered, and reading goes on. Returns TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status add_key(struct tree_builder *tree, const struct pack_node *key)
{
    assert(expects_key(tree));
    struct frame *frame = &tree->frames[tree->depth - 1];
    if (!key->is_quoted && text_equals(key->text, TEXT("<<")))
        remember(tree, report(tree->diagnostics, TUOYU_ERROR_PACK, key->where, TEXT("write the keys out"),
                              "merge keys are not allowed"));
    else if (key->text.length == 0)
        remember(tree, report(tree->diagnostics, TUOYU_ERROR_SYNTAX, key->where,
                              TEXT("write a name before the ':'"), "an empty key"));
    uintptr_t first = find_key(tree, frame, key->text);
    if (first) {
        remember(tree,
                 report(tree->diagnostics, TUOYU_ERROR_DUPLICATE, key->where, TEXT("remove one of them"),
                        "the key '%.*s' stands here twice", TEXT_ARGUMENTS(key->text)));
        report_note(tree->diagnostics, tree->entries[frame->first + first - 1].key_where,
                    "the first one is here");
    }
    struct pack_entry *entries =
        arena_grow(tree->nodes, tree->entries, tree->entry_count, &tree->entry_capacity, sizeof *entries);
    if (!entries)
        return TUOYU_ERROR_NO_MEMORY;
    tree->entries = entries;
    entries[tree->entry_count++] = (struct pack_entry){.key = key->text, .key_where = key->where};
    frame->has_key = true;
    return index_key(tree, frame, key->text) ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

/* Adds a scalar as a key or as a value, whichever is expected. Returns TUOYU_OK, or the status of an error,
 * which is reported. */
static tuoyu_status add_scalar(struct tree_builder *tree, const yaml_event_t *event)
{
    struct location where = event_location(tree, event);
    struct pack_node key, *node = &key;
    bool is_key = expects_key(tree);
    tuoyu_status status = new_node(tree, PACK_NODE_SCALAR, where, is_key ? NULL : &node);
    if (status != TUOYU_OK)
        return status;
    if (is_key)
        key = node_at(PACK_NODE_SCALAR, where);
    status = read_scalar(tree, event, where, node);
    if (status != TUOYU_OK)
        return status;
    return is_key ? add_key(tree, node) : attach(tree, node);
}

/* Reports an alias and puts an empty scalar in its place, so that reading goes on; an alias as a key ends the
 * reading. */
static tuoyu_status add_alias(struct tree_builder *tree, const yaml_event_t *event)
{
    struct location where = event_location(tree, event);
    remember(tree, report(tree->diagnostics, TUOYU_ERROR_PACK, where,
                          TEXT("quote a text that begins with '*'"), "aliases are not allowed"));
    if (expects_key(tree))
        return TUOYU_ERROR_PACK;
    struct pack_node *node = NULL;
    tuoyu_status status = new_node(tree, PACK_NODE_SCALAR, where, &node);
    return status == TUOYU_OK ? attach(tree, node) : status;
}

/* ---- Events ---- */

/* Reports an anchor or a tag, and remembers the error. */
static void refuse_anchor_and_tag(struct tree_builder *tree, const yaml_event_t *event,
                                  const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (!anchor && !tag)
        return;
    struct location where = first_character(event_location(tree, event));
    if (anchor)
        remember(tree, report(tree->diagnostics, TUOYU_ERROR_PACK, where,
                              TEXT("quote a text that begins with '&'"), "anchors are not allowed"));
    if (tag)
        remember(tree, report(tree->diagnostics, TUOYU_ERROR_PACK, where,
                              TEXT("quote a text that begins with '!'"), "tags are not allowed"));
}

/* Notes that the document has begun; a second one is an error. */
static tuoyu_status begin_document(struct tree_builder *tree, const yaml_event_t *event)
{
    if (tree->has_document)
        return report(tree->diagnostics, TUOYU_ERROR_PACK, event_location(tree, event),
                      TEXT("put each into a text of its own"), "a second document in one text");
    tree->has_document = true;
    return TUOYU_OK;
}

/* Adds one event to the tree. Returns TUOYU_OK or the error that ends the reading. */
static tuoyu_status take(struct tree_builder *tree, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT: return begin_document(tree, event);
    case YAML_ALIAS_EVENT: return add_alias(tree, event);
    case YAML_SCALAR_EVENT:
        refuse_anchor_and_tag(tree, event, event->data.scalar.anchor, event->data.scalar.tag);
        return add_scalar(tree, event);
    case YAML_SEQUENCE_START_EVENT:
        refuse_anchor_and_tag(tree, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
        return open_collection(tree, PACK_NODE_SEQUENCE, event);
    case YAML_MAPPING_START_EVENT:
        refuse_anchor_and_tag(tree, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
        return open_collection(tree, PACK_NODE_MAPPING, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: return close_collection(tree);
    default: return TUOYU_OK;
    }
}

/* Runs libyaml over the text. Sets *again where it stopped at half of a surrogate pair and the pairs have
 * been joined since, so that the text is worth a second try. Returns TUOYU_OK, or the status of an error,
 * which is reported. */
static tuoyu_status parse(struct tree_builder *tree, bool *again)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        return TUOYU_ERROR_NO_MEMORY;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)tree->text.content.bytes,
                                 tree->text.content.length);
    tuoyu_status status = TUOYU_OK;
    for (bool at_end = false; status == TUOYU_OK && !at_end;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            *again = yaml_error_is_surrogate(&parser) && tree->text.join_count == 0;
            if (*again)
                status = yaml_text_join_surrogates(&tree->text, tree->texts, again);
            if (status == TUOYU_OK && !*again)
                status = yaml_error_report(&parser, &tree->text, tree->diagnostics);
            break;
        }
        status = arena_charge(tree->nodes, STEPS_AN_EVENT) ? take(tree, &event) : TUOYU_ERROR_NO_MEMORY;
        at_end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return status;
}

/* Builds the tree of a source, if need be in a second try with surrogate pairs joined. Sets *out only on
 * TUOYU_OK. */
static tuoyu_status build(struct arena *texts, struct arena *nodes, const struct source *source,
                          const tuoyu_limits *limits, struct pack_node **out, tuoyu_diagnostics *diagnostics)
{
    size_t depth = limit_or(limits->depth, DEFAULT_DEPTH);
    struct tree_builder tree = {.texts = texts,
                                .nodes = nodes,
                                .diagnostics = diagnostics,
                                .depth_limit = depth < DEEPEST ? depth : DEEPEST,
                                .node_limit = limit_or(limits->nodes, DEFAULT_NODES),
                                .scalar_limit = pack_scalar_limit(limits)};
    yaml_text_init(&tree.text, source);
    bool again = false;
    tuoyu_status status = parse(&tree, &again);
    if (status == TUOYU_OK && again && tree.first_error == TUOYU_OK) {
        tree.depth = tree.node_count = tree.entry_count = tree.item_count = 0;
        tree.root = NULL;
        tree.has_document = false;
        again = false;
        status = parse(&tree, &again);
    }
    if (tree.first_error != TUOYU_OK && status != TUOYU_ERROR_NO_MEMORY)
        status = tree.first_error;
    if (status == TUOYU_OK && !tree.root)
        status = new_node(&tree, PACK_NODE_SCALAR, (struct location){.source = source}, &tree.root);
    if (status == TUOYU_OK)
        *out = tree.root;
    return status;
}

/* Copies a name and a text into a new source, without a byte order mark. Returns TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status new_source(struct arena *arena, struct text name, struct text content,
                               const struct source **out)
{
    struct source *source = ARENA_NEW(arena, struct source);
    struct text name_copy = text_copy(arena, name),
                content_copy = text_copy(arena, yaml_text_without_mark(content));
    if (!source || !name_copy.bytes || !content_copy.bytes)
        return TUOYU_ERROR_NO_MEMORY;
    *out = source;
    return source_init(source, arena, name_copy, content_copy) ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

/* Reports a text that is too large; returns TUOYU_ERROR_LIMIT. */
static tuoyu_status refuse_size(struct text name, size_t limit, tuoyu_diagnostics *diagnostics)
{
    struct location nowhere = {.source = NULL};
    return report(diagnostics, TUOYU_ERROR_LIMIT, nowhere, TEXT(""), "%.*s: a text of more than %zu bytes",
                  TEXT_ARGUMENTS(name), limit);
}

tuoyu_status pack_node_read(struct arena *arena, struct text name, struct text content,
                            const tuoyu_limits *limits, struct pack_node **out,
                            tuoyu_diagnostics *diagnostics)
{
    return pack_node_read_apart(arena, arena, name, content, limits, out, diagnostics);
}

tuoyu_status pack_node_read_apart(struct arena *texts, struct arena *nodes, struct text name,
                                  struct text content, const tuoyu_limits *limits, struct pack_node **out,
                                  tuoyu_diagnostics *diagnostics)
{
    static const tuoyu_limits DEFAULTS = {.size = sizeof(tuoyu_limits)};
    *out = NULL;
    if (!limits)
        limits = &DEFAULTS;
    size_t limit = limit_or(limits->text_bytes, DEFAULT_TEXT_BYTES);
    if (limit > INT32_MAX)
        limit = INT32_MAX; /* offsets in a source are 32 bits wide */
    if (content.length > limit)
        return refuse_size(name, limit, diagnostics);
    const struct source *source = NULL;
    if (!arena_charge(texts, STEPS_A_TEXT + content.length * STEPS_A_BYTE))
        return report_no_memory(diagnostics);
    tuoyu_status status = new_source(texts, name, content, &source);
    if (status == TUOYU_OK)
        status = yaml_text_check(source, diagnostics);
    if (status == TUOYU_OK)
        status = build(texts, nodes, source, limits, out, diagnostics);
    return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
}

const struct pack_node *pack_node_get(const struct pack_node *mapping, struct text key)
{
    if (!mapping || mapping->kind != PACK_NODE_MAPPING)
        return NULL;
    for (size_t i = 0; i < mapping->count; i++)
        if (text_equals(mapping->entries[i].key, key))
            return mapping->entries[i].node;
    return NULL;
}

bool pack_node_is_null(const struct pack_node *node)
{
    return node->kind == PACK_NODE_SCALAR && !node->is_quoted &&
           (text_equals(node->text, TEXT("null")) || text_equals(node->text, TEXT("~")));
}
