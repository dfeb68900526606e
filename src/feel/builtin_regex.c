/* SPDX-License-Identifier: Apache-2.0 */
/* Built-ins over strings that take a regular expression: matches, replace, split. */
#include "feel/builtin_functions.h"
#include "feel/builtin_support.h"
#include "feel/regex.h"

/* What a call costs, in the units of builtin_spend(). Compiling costs WORK_A_PATTERN. A character is looked
 * at once for each place where a match could begin, many at a time. A search begins with few tries; if these
 * do not suffice it begins again with ten times as many. */
enum { WORK_A_PATTERN = 1600, CHARACTERS_A_WORK = 64, TRIES_A_WORK = 8 };
enum { TRIES_FIRST = 1000, TRIES_MOST = 1000000, SUBJECT_BYTES_MOST = 16384 };

/* The error of a status other than TUOYU_OK; message tells what is wrong with the pattern, if that is the
 * reason. */
static struct value regex_failure(const struct builtin_call *call, tuoyu_status status, struct text message)
{
    struct text pattern = builtin_show(call, call->arguments[1]);
    if (status == TUOYU_ERROR_NO_MEMORY) {
        call->environment->arena->failed = true;
        return value_no_memory();
    }
    if (status == TUOYU_ERROR_LIMIT)
        return builtin_error(call, status,
                             "%s: the search for %.*s takes too long; make the pattern more exact",
                             call->builtin->name, TEXT_ARGUMENTS(pattern));
    if (status == TUOYU_ERROR_ENCODING)
        return builtin_error(call, status, "%s: the string is not UTF-8", call->builtin->name);
    return builtin_error(call, TUOYU_ERROR_EVALUATION, "%s: %.*s is no regular expression: %.*s",
                         call->builtin->name, TEXT_ARGUMENTS(pattern), TEXT_ARGUMENTS(message));
}

/* Compiles the second argument, the pattern, with the flags in the argument at flags_index, if it is there.
 * Returns false, with the error in *failure and nothing to free, if it cannot. */
static bool compile(const struct builtin_call *call, size_t flags_index, struct regex_flags *flags,
                    struct regex *regex, struct value *failure)
{
    bool has_flags = call->count > flags_index && call->arguments[flags_index].kind == VALUE_STRING;
    struct text given = has_flags ? call->arguments[flags_index].as.string : TEXT("");
    if (!regex_flags_parse(given, flags)) {
        *failure = builtin_error(call, TUOYU_ERROR_EVALUATION,
                                 "%s: there is no flag in \"%.*s\" but s, m, i, x and q", call->builtin->name,
                                 TEXT_ARGUMENTS(given));
        return false;
    }
    size_t length = call->arguments[0].as.string.length;
    if (length > SUBJECT_BYTES_MOST) {
        *failure = builtin_error(call, TUOYU_ERROR_LIMIT, "%s: the string is longer than %d bytes",
                                 call->builtin->name, SUBJECT_BYTES_MOST);
        return false;
    }
    if (!builtin_spend(call, WORK_A_PATTERN + length * length / CHARACTERS_A_WORK)) {
        *failure = builtin_exhausted(call);
        return false;
    }
    struct text message = TEXT("");
    tuoyu_status status =
        regex_compile(call->environment->arena, call->arguments[1].as.string, *flags, regex, &message);
    if (status == TUOYU_OK)
        return true;
    regex_free(regex);
    *failure = regex_failure(call, status, message);
    return false;
}

/* Finds the first match at or after a byte offset. TUOYU_ERROR_LIMIT if it takes too many tries or steps. */
static tuoyu_status search(const struct builtin_call *call, struct regex *regex, struct text subject,
                           size_t from, bool *found)
{
    for (uint32_t tries = TRIES_FIRST;; tries *= 10) {
        if (!builtin_spend(call, tries / TRIES_A_WORK))
            return TUOYU_ERROR_LIMIT;
        tuoyu_status status = regex_find(regex, subject, from, tries, found);
        if (status != TUOYU_ERROR_LIMIT || tries >= TRIES_MOST)
            return status;
    }
}

/* Whether a regular expression is found in the string. */
struct value builtin_matches(const struct builtin_call *call)
{
    struct regex regex;
    struct regex_flags flags;
    struct value failure;
    bool found;
    if (!compile(call, 2, &flags, &regex, &failure))
        return failure;
    tuoyu_status status = search(call, &regex, call->arguments[0].as.string, 0, &found);
    regex_free(&regex);
    return status == TUOYU_OK ? value_boolean(found) : regex_failure(call, status, TEXT(""));
}

/* ---- Going through all matches ---- */

/* Called for each match with the text before it (is_match), and once more with the text behind the last one.
 * A status other than TUOYU_OK ends the search. */
typedef tuoyu_status (*match_visitor)(void *context, const struct regex *regex, struct text subject,
                                      struct text before, bool is_match);

/* Calls visit for all matches. Returns the first status other than TUOYU_OK. */
static tuoyu_status each_match(const struct builtin_call *call, struct regex *regex, struct text subject,
                               match_visitor visit, void *context)
{
    size_t from = 0;
    bool found;
    for (;;) {
        tuoyu_status status = search(call, regex, subject, from, &found);
        if (status != TUOYU_OK)
            return status;
        /* An empty match would repeat for ever; a pattern that matches the empty string was refused
         * before. */
        if (!found || regex_match_end(regex) == regex_match_start(regex))
            break;
        struct text before = text_slice(subject, from, regex_match_start(regex));
        status = visit(context, regex, subject, before, true);
        if (status != TUOYU_OK)
            return status;
        from = regex_match_end(regex);
    }
    return visit(context, regex, subject, text_slice(subject, from, subject.length), false);
}

/* Whether the pattern does not match the empty string, by which XPath allows neither replacing nor splitting.
 * Else returns false with the error in *failure. */
static bool refuses_empty(const struct builtin_call *call, struct regex *regex, struct value *failure)
{
    bool found;
    tuoyu_status status = search(call, regex, TEXT(""), 0, &found);
    if (status == TUOYU_OK && !found)
        return true;
    struct text pattern = builtin_show(call, call->arguments[1]);
    *failure = status != TUOYU_OK
                   ? regex_failure(call, status, TEXT(""))
                   : builtin_error(call, TUOYU_ERROR_EVALUATION, "%s: %.*s matches the empty string",
                                   call->builtin->name, TEXT_ARGUMENTS(pattern));
    return false;
}

/* ---- replace ---- */

/* The state of a replace(). */
struct replacing {
    const struct builtin_call *call;
    struct text_builder builder;
    struct text replacement;
    bool is_literal;
};

/* True for 0 to 9. */
static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Whether in a replacement each $ is followed by a digit, and each backslash by a backslash or a $. */
static bool replacement_is_well_formed(struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.bytes[i], next = i + 1 < text.length ? text.bytes[i + 1] : 0;
        if (byte == '$' && !is_digit(next))
            return false;
        if (byte == '\\' && next != '\\' && next != '$')
            return false;
        if (byte == '\\')
            i++;
    }
    return true;
}

/* Appends the replacement of one match. `$12` is group 12 if there is one, else group 1 followed by a 2. */
static void append_replacement(struct replacing *replacing, const struct regex *regex, struct text subject)
{
    struct text text = replacing->replacement;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.bytes[i];
        if (byte == '\\')
            text_append_byte(&replacing->builder, text.bytes[++i]);
        if (byte != '$' && byte != '\\')
            text_append_byte(&replacing->builder, byte);
        if (byte != '$')
            continue;
        uint32_t group = (uint32_t)(text.bytes[++i] - '0');
        while (i + 1 < text.length && is_digit(text.bytes[i + 1])) {
            uint32_t longer = group * 10 + (uint32_t)(text.bytes[i + 1] - '0');
            if (group == 0 || longer > regex->group_count)
                break;
            group = longer;
            i++;
        }
        text_append(&replacing->builder, regex_group(regex, subject, group));
    }
}

/* The match_visitor of replace(): appends the text before the match and its replacement. TUOYU_OK, or
 * TUOYU_ERROR_NO_MEMORY or TUOYU_ERROR_LIMIT, which ends the search. */
static tuoyu_status replace_one(void *context, const struct regex *regex, struct text subject,
                                struct text before, bool is_match)
{
    struct replacing *replacing = context;
    size_t written = replacing->builder.length;
    text_append(&replacing->builder, before);
    if (is_match && replacing->is_literal)
        text_append(&replacing->builder, replacing->replacement);
    else if (is_match)
        append_replacement(replacing, regex, subject);
    if (!builtin_spend(replacing->call, replacing->builder.length - written))
        return TUOYU_ERROR_LIMIT;
    return replacing->builder.failed ? TUOYU_ERROR_NO_MEMORY : TUOYU_OK;
}

/* The string with each match of a regular expression replaced. */
struct value builtin_replace(const struct builtin_call *call)
{
    struct regex regex;
    struct regex_flags flags;
    struct value failure;
    if (!compile(call, 3, &flags, &regex, &failure))
        return failure;
    struct replacing replacing = {
        .call = call, .replacement = call->arguments[2].as.string, .is_literal = flags.is_literal};
    text_builder_init_arena(&replacing.builder, call->environment->arena);
    bool is_well_formed = flags.is_literal || replacement_is_well_formed(replacing.replacement);
    if (!is_well_formed)
        failure = builtin_error(call, TUOYU_ERROR_EVALUATION,
                                "replace: in \"%.*s\" a $ must be followed by the number of a "
                                "group, and a backslash by $ or a backslash",
                                TEXT_ARGUMENTS(replacing.replacement));
    if (!is_well_formed || !refuses_empty(call, &regex, &failure)) {
        regex_free(&regex);
        return failure;
    }
    tuoyu_status status = each_match(call, &regex, call->arguments[0].as.string, replace_one, &replacing);
    regex_free(&regex);
    return status == TUOYU_OK ? builtin_built_text(&replacing.builder)
                              : regex_failure(call, status, TEXT(""));
}

/* ---- split ---- */

/* The state of a split(): the parts so far. */
struct splitting {
    struct arena *arena;
    struct value *items;
    size_t count, capacity;
};

/* The match_visitor of split(): keeps the text before the match as a part. TUOYU_OK, or TUOYU_ERROR_NO_MEMORY
 * or TUOYU_ERROR_LIMIT, which ends the search. */
static tuoyu_status keep_part(void *context, const struct regex *regex, struct text subject,
                              struct text before, bool is_match)
{
    struct splitting *splitting = context;
    (void)regex, (void)subject, (void)is_match;
    splitting->items = arena_grow(splitting->arena, splitting->items, splitting->count, &splitting->capacity,
                                  sizeof *splitting->items);
    if (!splitting->items)
        return TUOYU_ERROR_NO_MEMORY;
    splitting->items[splitting->count++] = value_string(before);
    return TUOYU_OK;
}

/* The parts between the matches of a regular expression. */
struct value builtin_split(const struct builtin_call *call)
{
    struct regex regex;
    struct regex_flags flags;
    struct value failure;
    if (!compile(call, 2, &flags, &regex, &failure))
        return failure;
    if (!refuses_empty(call, &regex, &failure)) {
        regex_free(&regex);
        return failure;
    }
    struct splitting splitting = {.arena = call->environment->arena};
    tuoyu_status status = each_match(call, &regex, call->arguments[0].as.string, keep_part, &splitting);
    regex_free(&regex);
    if (status != TUOYU_OK)
        return regex_failure(call, status, TEXT(""));
    if (splitting.count > call->environment->list_limit &&
        !builtin_new_items(call, splitting.count, &failure))
        return failure;
    return builtin_list(call, splitting.items, splitting.count);
}
