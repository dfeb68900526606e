/* SPDX-License-Identifier: Apache-2.0 */
/* Parses names: keeps what is in scope, and finds out what the words at a place mean. */
#include <assert.h>
#include <string.h>
#include <utf8proc.h>

#include "base/plain_text.h"
#include "feel/function.h"
#include "feel/name_hints.h"
#include "feel/parser.h"

enum { MOST_WORDS = 32 };

/* ---- Words ---- */

/* The words of a name, normalized as they are added. */
struct name_words {
    char bytes[PARSER_LONGEST_NAME + 1];
    size_t length;
    uint32_t end; /* where the last token ends in the text */
    bool after_word;
    bool is_too_long;
};

/* Whether the text needs no composing: it has only ASCII and ideographs, which have no other form, or is
 * ill-formed. Most Chinese names need no table by this. */
static bool is_composed_for_sure(struct text text)
{
    size_t offset = 0;
    uint32_t c = 0;
    while (offset < text.length) {
        if ((unsigned char)text.bytes[offset] < 0x80) {
            offset++;
            continue;
        }
        size_t length = utf8_decode(text, offset, &c);
        if (length == 0)
            return true;
        if (c < 0x4E00 || c > 0x9FFF)
            return false;
        offset += length;
    }
    return true;
}

struct text name_compose(struct arena *arena, struct text name)
{
    utf8proc_int32_t points[PARSER_LONGEST_NAME + 1];
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    if (is_composed_for_sure(name))
        return name;
    utf8proc_ssize_t count =
        utf8proc_decompose((const utf8proc_uint8_t *)name.bytes, (utf8proc_ssize_t)name.length, points,
                           PARSER_LONGEST_NAME, options);
    if (count < 0 || count > PARSER_LONGEST_NAME)
        return name;
    count = utf8proc_normalize_utf32(points, count, options);
    char *bytes = arena_allocate(arena, (size_t)(count < 0 ? 0 : count) * 4 + 1);
    if (count < 0 || !bytes)
        return name;
    size_t length = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++)
        length += utf8_encode((uint32_t)points[i], bytes + length);
    return (struct text){.bytes = bytes, .length = length};
}

/* Whether the token may be a word of a name: a name, keyword or number. */
static bool is_word(struct token token)
{
    return token.kind == TOKEN_NAME || token.kind == TOKEN_NUMBER;
}

/* Whether the token is a symbol that a declared name may contain. */
static bool is_name_symbol(struct token token)
{
    return token.kind == TOKEN_DOT || token.kind == TOKEN_PLUS || token.kind == TOKEN_MINUS ||
           token.kind == TOKEN_STAR || token.kind == TOKEN_SLASH;
}

/* Adds a token: one space between words, none around symbols. Sets is_too_long, and adds nothing, if there is
 * no room. */
static void words_add(struct name_words *words, struct text text, struct token token)
{
    bool with_space = words->after_word && is_word(token) && token.offset > words->end;
    if (words->length + token.length + 1 > PARSER_LONGEST_NAME) {
        words->is_too_long = true;
        return;
    }
    if (with_space)
        words->bytes[words->length++] = ' ';
    memcpy(words->bytes + words->length, text.bytes + token.offset, token.length);
    words->length += token.length;
    words->end = token.offset + token.length;
    words->after_word = is_word(token);
}

/* The words as a text in NFC; it may point into words. */
static struct text words_text(struct name_words *words, struct parser *parser)
{
    return name_compose(&parser->scratch, (struct text){.bytes = words->bytes, .length = words->length});
}

struct text name_normalize(struct arena *arena, struct text name)
{
    struct name_words words = {.end = 0};
    struct token token = lexer_next(name, 0);
    while ((is_word(token) || (words.length > 0 && is_name_symbol(token))) && !words.is_too_long) {
        words_add(&words, name, token);
        token = lexer_next(name, token.offset + token.length);
    }
    if (token.kind != TOKEN_END || words.is_too_long)
        return text_copy(arena, name);
    struct text composed = name_compose(arena, (struct text){.bytes = words.bytes, .length = words.length});
    return composed.bytes == words.bytes ? text_copy(arena, composed) : composed;
}

/* ---- Scopes ---- */

/* The next free place of the frame, for a local; the frame grows to hold it. */
uint32_t scope_take_slot(struct parser *parser)
{
    uint32_t slot = parser->next_slot++;
    if (parser->next_slot > parser->frame_size)
        parser->frame_size = parser->next_slot;
    return slot;
}

/* Notes the beginnings of a bound name with several words, and the name itself if it has symbols. Returns
 * false if memory is refused. */
static bool index_prefixes(struct parser *parser, struct text name)
{
    bool has_symbol = false;
    for (size_t i = 1; i < name.length; i++) {
        bool is_end = memchr(" .+-*/", name.bytes[i], 6) || memchr(" .+-*/", name.bytes[i - 1], 6);
        if (is_end && !map_put(&parser->local_prefixes, text_slice(name, 0, i), parser))
            return false;
        has_symbol |= memchr(".+-*/", name.bytes[i], 5) != NULL;
    }
    return !has_symbol || map_put(&parser->symbol_names, name, parser);
}

struct binding *scope_bind(struct parser *parser, struct text name)
{
    struct binding *binding = ARENA_NEW(&parser->scratch, struct binding);
    if (!binding || !index_prefixes(parser, name)) {
        parser_fail_memory(parser);
        return NULL;
    }
    *binding = (struct binding){.name = name,
                                .slot = scope_take_slot(parser),
                                .serial = parser->binding_count,
                                .shadowed = map_get(&parser->locals, name),
                                .outer = parser->binding};
    if (!map_put(&parser->locals, name, binding)) {
        parser_fail_memory(parser);
        return NULL;
    }
    parser->binding = binding;
    parser->binding_count++;
    return binding;
}

void scope_leave(struct parser *parser, uint32_t binding_count)
{
    assert(binding_count <= parser->binding_count);
    while (parser->binding_count > binding_count) {
        struct binding *binding = parser->binding;
        map_put(&parser->locals, binding->name, binding->shadowed);
        parser->next_slot = binding->slot;
        parser->binding = binding->outer;
        parser->binding_count--;
    }
}

bool parse_new_name(struct parser *parser, bool with_keywords, struct text *name)
{
    struct name_words words = {.end = parser->token.offset};
    uint32_t from = parser->token.offset;
    while (parser->status == TUOYU_OK) {
        struct token token = parser->token;
        bool is_part = token.kind == TOKEN_NAME
                           ? with_keywords || token.keyword == KEYWORD_NONE
                           : words.length > 0 &&
                                 (token.kind == TOKEN_NUMBER || (with_keywords && is_name_symbol(token)));
        if (!is_part)
            break;
        words_add(&words, parser->text, token);
        parser_advance(parser);
    }
    if (parser->status != TUOYU_OK)
        return false;
    if (words.length == 0) {
        parser_fail_expected(parser, "a name");
        return false;
    }
    if (words.is_too_long) {
        parser_fail(parser, TUOYU_ERROR_LIMIT, from, parser->end - from, TEXT(""),
                    "a name of more than %d bytes", PARSER_LONGEST_NAME);
        return false;
    }
    *name = text_copy(parser->arena, words_text(&words, parser));
    if (!name->bytes)
        parser_fail_memory(parser);
    return name->bytes != NULL;
}

/* The words of the longest bound name with symbols that begins with the token ahead; their length is 0 if
 * there is none. A context that comes from outside may have such an entry, too, but it is not known here: get
 * value() reads it. */
static struct name_words find_symbol_name(struct parser *parser)
{
    struct name_words words = {.end = parser->token.offset}, found = {.length = 0};
    struct token token = parser->token;
    for (int i = 0; i < MOST_WORDS && !words.is_too_long && (is_word(token) || is_name_symbol(token)); i++) {
        words_add(&words, parser->text, token);
        struct text name = words_text(&words, parser);
        if (map_get(&parser->symbol_names, name))
            found = words;
        if (!map_get(&parser->local_prefixes, name))
            break;
        token = lexer_next(parser->text, words.end);
    }
    return found;
}

bool parse_path_name(struct parser *parser, struct text *name)
{
    struct name_words words = {.end = parser->token.offset};
    if (parser->token.kind != TOKEN_NAME) {
        parser_fail_expected(parser, "a name after the dot");
        return false;
    }
    struct name_words found = {.length = 0};
    if (parser->symbol_names.count)
        found = find_symbol_name(parser);
    do {
        words_add(&words, parser->text, parser->token);
        parser_advance(parser);
    } while (parser->token.kind == TOKEN_NAME && parser->token.keyword == KEYWORD_NONE);
    if (found.length > words.length) {
        words = found;
        parser_continue_at(parser, found.end);
    }
    *name = text_copy(parser->arena, words_text(&words, parser));
    if (!name->bytes)
        parser_fail_memory(parser);
    return parser->status == TUOYU_OK;
}

/* ---- What the words mean ---- */

/* What the words of a name stand for: a built-in if that is set, else a local name if that is set, else a
 * declared one. */
struct meaning {
    uint32_t end; /* where the words end in the text; 0 if they mean nothing */
    struct binding *binding;
    uint32_t symbol; /* slot of a declared name, or UINT32_MAX */
    bool has_dot;
    const struct builtin *builtin;
};

/* Sets the meaning if these words are a local or declared name; else leaves it. */
static void look_up(struct parser *parser, struct name_words *words, struct meaning *meaning)
{
    struct text name = words_text(words, parser);
    struct binding *binding = parser->binding ? map_get(&parser->locals, name) : NULL;
    uint32_t symbol = UINT32_MAX;
    if (!binding && parser->symbols && parser->symbols->find)
        symbol = parser->symbols->find(parser->symbols, name);
    if (!binding && symbol == UINT32_MAX)
        return;
    *meaning = (struct meaning){.end = words->end,
                                .binding = binding,
                                .symbol = symbol,
                                .has_dot = name.length && memchr(name.bytes, '.', name.length)};
}

/* Whether a local or declared name may begin with these words and be longer. */
static bool may_go_on(struct parser *parser, struct name_words *words)
{
    struct text name = words_text(words, parser);
    if (parser->local_prefixes.count && map_get(&parser->local_prefixes, name))
        return true;
    const struct symbol_table *symbols = parser->symbols;
    return symbols && symbols->find && (!symbols->is_prefix || symbols->is_prefix(symbols, name));
}

/* The meaning of the longest local or declared name that begins with the token ahead. */
static struct meaning find_meaning(struct parser *parser)
{
    struct meaning meaning = {.symbol = UINT32_MAX};
    struct name_words words = {.end = parser->token.offset};
    struct token token = parser->token;
    for (int i = 0; i < MOST_WORDS && !words.is_too_long; i++) {
        words_add(&words, parser->text, token);
        if (is_word(token))
            look_up(parser, &words, &meaning);
        struct token next = lexer_next(parser->text, words.end);
        if (!is_word(next) && !is_name_symbol(next))
            break;
        if (!may_go_on(parser, &words))
            break;
        token = next;
    }
    return meaning;
}

/* Replaces the meaning by a built-in if one begins here that is not shorter. If a name was found, the
 * built-in must also be called. */
static void prefer_builtin(struct parser *parser, struct meaning *meaning)
{
    uint32_t from = parser->token.offset;
    const struct builtin *builtin = NULL;
    if ((unsigned char)parser->text.bytes[from] >= 0x80)
        return;
    size_t length =
        builtin_longest_prefix(parser_slice(parser, from, (uint32_t)parser->text.length), &builtin);
    uint32_t end = from + (uint32_t)length;
    if (length == 0 || end < meaning->end || (end == meaning->end && meaning->binding))
        return;
    if (meaning->end && lexer_next(parser->text, end).kind != TOKEN_LEFT_PARENTHESIS)
        return;
    meaning->end = end;
    meaning->builtin = builtin;
}

/* ---- Nodes ---- */

/* Adds a declared name's slot to those that the expression mentions. Returns false if memory is refused. */
static bool note_symbol(struct parser *parser, const struct node *node)
{
    assert(node->kind == NODE_SYMBOL);
    struct text key = {.bytes = (const char *)&node->slot, .length = sizeof node->slot};
    if (map_get(&parser->symbols_met, key))
        return true;
    uint32_t *slots = arena_grow(&parser->scratch, parser->symbol_slots, parser->symbol_count,
                                 &parser->symbol_capacity, sizeof *slots);
    if (!slots || !map_put(&parser->symbols_met, key, parser)) {
        parser_fail_memory(parser);
        return false;
    }
    parser->symbol_slots = slots;
    slots[parser->symbol_count++] = node->slot;
    return true;
}

/* The node of a local or declared name. NULL after an error. */
static const struct node *symbol_or_local(struct parser *parser, uint32_t from, const struct meaning *meaning)
{
    struct node *node = parser_node(parser, meaning->binding ? NODE_LOCAL : NODE_SYMBOL, from, 0);
    if (!node)
        return NULL;
    if (meaning->binding)
        meaning->binding->is_used = true;
    node->slot = meaning->binding ? meaning->binding->slot : meaning->symbol;
    if (node->kind == NODE_SYMBOL && !note_symbol(parser, node))
        return NULL;
    return node;
}

/* The node of a built-in that is named without being called: a function value. NULL if memory is refused. */
static const struct node *builtin_value(struct parser *parser, uint32_t from, const struct builtin *builtin)
{
    struct function *function = ARENA_NEW(parser->arena, struct function);
    if (!function) {
        parser_fail_memory(parser);
        return NULL;
    }
    function->builtin = builtin;
    return parser_literal(parser, from, (struct value){.kind = VALUE_FUNCTION, .as.function = function});
}

/* Wraps the node that a name means outside of filters (NULL if nothing): in a filter the name is first an
 * entry of the item, from the innermost filter outwards to the one in which the name is bound. */
static const struct node *through_filters(struct parser *parser, uint32_t from, struct text name,
                                          const struct node *outside, const struct binding *binding,
                                          const struct filter_scope *filter)
{
    if (!filter || (binding && binding->serial >= filter->serial))
        return outside;
    const struct node *otherwise = through_filters(parser, from, name, outside, binding, filter->outer);
    struct node *node = parser_node(parser, NODE_ITEM_ENTRY, from, otherwise ? 1 : 0);
    if (!node)
        return NULL;
    node->slot = filter->slot;
    node->name = name;
    if (otherwise)
        node->children[0] = otherwise;
    return parser_finish(parser, node);
}

/* ---- Unknown names ---- */

/* The name in scope nearest to this one, to be offered as a hint; empty if none is near. */
static struct text nearest_name(struct parser *parser, struct text name, bool is_called)
{
    struct text best = TEXT("");
    size_t distance = SIZE_MAX;
    for (const struct binding *binding = parser->binding; binding; binding = binding->outer)
        text_nearest(name, binding->name, &best, &distance);
    struct text candidate;
    for (uint32_t i = 0; parser->symbols && parser->symbols->name_at &&
                         parser->symbols->name_at(parser->symbols, i, &candidate);
         i++)
        text_nearest(name, candidate, &best, &distance);
    for (size_t i = 0; is_called && i < BUILTIN_COUNT; i++)
        text_nearest(name, text_of(BUILTINS[i].name, TUOYU_NUL_TERMINATED), &best, &distance);
    static const struct text CONSTANTS[] = {{"true", 4}, {"false", 5}, {"null", 4}};
    for (size_t i = 0; i < 3; i++)
        text_nearest(name, CONSTANTS[i], &best, &distance);
    return best;
}

/* How many names nearest_name() compares. */
static size_t count_candidates(const struct parser *parser)
{
    size_t declared = parser->symbols && parser->symbols->count ? parser->symbols->count(parser->symbols) : 0;
    return declared + parser->binding_count + BUILTIN_COUNT;
}

/* Finds the first character of a name that is a form of another, as the radicals are that come out of a PDF.
 * Returns the one that it stands for, or 0. */
static uint32_t find_form(struct text name, uint32_t *found)
{
    enum { FIRST_RADICAL = 0x2E80 };
    for (size_t offset = 0, length; offset < name.length; offset += length) {
        length = utf8_decode(name, offset, found);
        uint32_t meant = length && *found >= FIRST_RADICAL ? character_stands_for(*found) : 0;
        if (length == 0 || meant)
            return meant;
    }
    return 0;
}

/* What was probably meant by an unknown name. That it looks the same as the name found is explained. */
static struct text unknown_name_hint(struct parser *parser, struct text name, struct text nearest)
{
    uint32_t found = 0, meant = find_form(name, &found);
    if (!meant && !nearest.length)
        return TEXT("");
    if (!meant)
        return message_text(&parser->scratch, "did you mean `%.*s`?", TEXT_ARGUMENTS(nearest));
    if (!nearest.length)
        return message_text(&parser->scratch, "the name has U+%04X, which looks like U+%04X", (unsigned)found,
                            (unsigned)meant);
    return message_text(&parser->scratch, "did you mean `%.*s`? the name has U+%04X, which looks like U+%04X",
                        TEXT_ARGUMENTS(nearest), (unsigned)found, (unsigned)meant);
}

/* Whether the expression is just this name, and stands in the quotes of a text, which YAML has taken. */
static bool lost_its_quotes(const struct parser *parser, uint32_t from, uint32_t to)
{
    struct location where = parser->options->where;
    bool is_whole = text_trim(parser->text).length == to - from;
    if (!is_whole || !parser->options->is_verbatim || !where.source || where.offset == 0)
        return false;
    return where.source->content.bytes[where.offset - 1] == '"';
}

/* What may be meant by a name that is not known: another language's, a text, or a name near it. */
static struct text hint_for_unknown(struct parser *parser, struct text name, uint32_t from, uint32_t to,
                                    bool is_called)
{
    struct text hint = is_called ? hint_for_function(name) : hint_for_word(name);
    if (hint.length)
        return hint;
    const struct symbol_table *symbols = parser->symbols;
    bool wants_hint = diagnostics_wants_hint(parser->diagnostics, count_candidates(parser));
    struct text nearest = TEXT("");
    if (wants_hint && !is_called && symbols && symbols->called)
        nearest = symbols->called(symbols, name);
    if (wants_hint && !nearest.length)
        nearest = nearest_name(parser, name, is_called);
    hint = unknown_name_hint(parser, name, nearest);
    if (!hint.length && !is_called && lost_its_quotes(parser, from, to))
        hint =
            message_text(&parser->scratch, "YAML takes these quotes; a text has its own inside: '\"%.*s\"'",
                         TEXT_ARGUMENTS(name));
    else if (!hint.length && !is_called && wants_hint && symbols && symbols->is_value &&
             symbols->is_value(symbols, name))
        hint = message_text(&parser->scratch, "did you mean \"%.*s\"?", TEXT_ARGUMENTS(name));
    return hint.bytes ? hint : TEXT("");
}

/* Reports the name at `from` as unknown. */
static void fail_unknown(struct parser *parser, uint32_t from)
{
    struct name_words words = {.end = from};
    struct token token = parser->token;
    do {
        words_add(&words, parser->text, token);
        token = lexer_next(parser->text, words.end);
    } while (!words.is_too_long &&
             ((token.kind == TOKEN_NAME && token.keyword == KEYWORD_NONE) || token.kind == TOKEN_DOT));
    /* In `min（1，2）` the name is known, and the character behind it is what is wrong. */
    if (token.kind == TOKEN_WRONG && (unsigned char)parser->text.bytes[token.offset] >= 0x80) {
        parser_continue_at(parser, token.offset);
        return;
    }
    struct text name = words_text(&words, parser);
    bool is_called = token.kind == TOKEN_LEFT_PARENTHESIS;
    struct text hint = hint_for_unknown(parser, name, from, words.end, is_called);
    parser_fail(parser, TUOYU_ERROR_UNKNOWN_NAME, from, words.end - from, hint, "unknown %s `%.*s`",
                is_called ? "function" : "name", TEXT_ARGUMENTS(name));
}

/* A name that is neither bound nor declared: an entry of a filter's item, or an error (NULL). */
static const struct node *parse_unknown_name(struct parser *parser, uint32_t from)
{
    if (!parser->filter || parser_peek(parser).kind == TOKEN_LEFT_PARENTHESIS) {
        fail_unknown(parser, from);
        return NULL;
    }
    struct text name;
    if (!parse_path_name(parser, &name))
        return NULL;
    return through_filters(parser, from, name, NULL, NULL, parser->filter);
}

/* Whether `item` ahead is the item itself. In a filter over contexts that have an entry `item` the name
 * means the entry; `item.item` begins with the item itself. */
static bool is_item_itself(struct parser *parser, const struct meaning *meaning)
{
    if (!meaning->binding || meaning->binding->slot != parser->filter->slot || !parser_at(parser, TOKEN_DOT))
        return false;
    struct token next = parser_peek(parser);
    return text_equals(parser_slice(parser, next.offset, next.offset + next.length), TEXT("item"));
}

const struct node *parse_name(struct parser *parser)
{
    uint32_t from = parser->token.offset;
    struct meaning meaning = find_meaning(parser);
    prefer_builtin(parser, &meaning);
    if (meaning.end == 0)
        return parse_unknown_name(parser, from);
    struct text written = parser_slice(parser, from, meaning.end);
    parser_continue_at(parser, meaning.end);
    bool is_called = parser_at(parser, TOKEN_LEFT_PARENTHESIS);
    if (meaning.builtin && is_called) {
        parser_advance(parser);
        return parse_builtin_call(parser, from, meaning.builtin);
    }
    const struct node *node = meaning.builtin ? builtin_value(parser, from, meaning.builtin)
                                              : symbol_or_local(parser, from, &meaning);
    if (!node || !parser->filter || is_called || meaning.has_dot || is_item_itself(parser, &meaning))
        return node;
    struct text name = name_compose(parser->arena, written);
    return through_filters(parser, from, name, node, meaning.binding, parser->filter);
}
