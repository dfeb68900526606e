/* SPDX-License-Identifier: Apache-2.0 */
/* Parsing and evaluating: what the other rooms need of FEEL. */
#ifndef TUOYU_FEEL_EXPRESSION_H
#define TUOYU_FEEL_EXPRESSION_H

#include "base/diagnostics.h"
#include "base/map.h"
#include "feel/ast.h"
#include "feel/builtin_id.h"
#include "feel/feel_type.h"
#include "value/time.h"

/* ---- Names that the host declares ----
 * A name may have dots (`child.birth_date`) and single spaces (`Monthly Salary`); the parser takes the
 * longest declared name that fits. `find` may be NULL when no name is declared. */
struct symbol_table {
    /* The slot of a declared name, or UINT32_MAX. */
    uint32_t (*find)(const struct symbol_table *table, struct text name);
    /* Whether some declared name begins with these words and goes on; lets the parser stop looking. NULL:
     * always. */
    bool (*is_prefix)(const struct symbol_table *table, struct text words);
    /* Walks all declared names, for did-you-mean; index from 0; false at the end. */
    bool (*name_at)(const struct symbol_table *table, uint32_t index, struct text *name);
    size_t (*count)(const struct symbol_table *table); /* of those that name_at walks */
    void *context;
};

/* As the parser compares names: single spaces between words, none around symbols, composed (NFC). A copy in
 * the arena; bytes is NULL when memory is refused. */
struct text name_normalize(struct arena *arena, struct text name);

/* A symbol table over a map from name to (void *)(uintptr_t)(slot + 1); the names as name_normalize() gives
 * them. The first parse after the map has grown adds to the map's arena: do not rewind that arena behind the
 * map. */
void symbol_table_over_map(struct symbol_table *table, struct map *map);

struct expression {
    struct text text; /* kept by reference: must live as long as the expression */
    const struct node *root;
    struct location where; /* of the text in its source; source NULL for an expression that stands alone */
    bool is_verbatim;      /* the bytes stand in the source as they are, so that offsets can be added */
    uint32_t frame_size;   /* how many local slots an evaluation needs */
    /* distinct slots of declared names that it mentions, in order of first mention */
    const uint32_t *symbols;
    uint32_t symbol_count;
};

/* A name for a type, such as an item definition of DMN. */
struct named_type {
    struct text name;
    const struct feel_type *type;
};

struct parse_options {
    struct location where; /* where the text stands; {NULL} if nowhere */
    bool is_verbatim;
    size_t depth_limit;  /* 0: 64 */
    bool is_unary_tests; /* a decision table's cell: tests over `?` */
    uint32_t input_slot; /* not used by the parser itself; UINT32_MAX */
    bool is_strict;      /* what can only be null (a call with wrong arguments) is an error, not a warning */
    const struct named_type *types; /* that `instance of` and parameters may name, beside the built-in ones */
    size_t type_count;
};

/* Returns TUOYU_OK, TUOYU_ERROR_SYNTAX, _UNKNOWN_NAME, _LIMIT, _ENCODING or _NO_MEMORY; errors are reported
 * at their place. The tree stands in the arena. text is kept by reference. */
tuoyu_status expression_parse(struct arena *arena, struct text text, const struct symbol_table *symbols,
                              const struct parse_options *options, struct expression *out,
                              tuoyu_diagnostics *diagnostics);

/* A type as `instance of` has it, such as `list<context<a: number>>`; types as in parse_options. */
tuoyu_status type_parse(struct arena *arena, struct text text, const struct parse_options *options,
                        const struct feel_type **out, tuoyu_diagnostics *diagnostics);

/* The place of a node, for diagnostics. */
struct location expression_location(const struct expression *expression, const struct node *node);

/* ---- Building trees without text: a rule that lowers itself to FEEL ---- */
const struct node *node_literal(struct arena *arena, struct value value);
const struct node *node_symbol(struct arena *arena, uint32_t slot);
const struct node *node_of(struct arena *arena, enum node_kind kind, uint32_t count,
                           const struct node *const *children);
/* A call of a built-in by position, which has an overload with so many arguments. NULL without memory. */
const struct node *node_call(struct arena *arena, enum builtin_id id, uint32_t count,
                             const struct node *const *arguments);
/* Wraps a tree that was built as an expression; like carries the text and the place to blame. */
tuoyu_status expression_from_node(struct arena *arena, const struct node *root, const struct expression *like,
                                  struct expression *out);

/* ---- Evaluation ---- */

enum evaluation_mode {
    /* The standard's: null is null, whatever its cause; an error gives null (with its cause). */
    EVALUATE_STANDARD,
    /* A pack's: a null with a cause is unknown or an error and stays so. It decides nothing: a comparison
     * with it,
     * `=` included, an `if` on it, a filter by it gives null with that cause; `and` and `or` are decided by
     * their other side where that suffices; comparing with the literal `null` asks whether there is a value:
     * unknown = null is unknown, too, for a missing fact may well have a value. */
    EVALUATE_PACK
};

struct environment {
    struct arena *arena; /* of the values that the evaluation makes */
    enum evaluation_mode mode;
    struct value (*resolve)(void *context, uint32_t slot); /* the value of a declared name */
    void *context;
    struct value input;  /* `?` */
    size_t steps_left;   /* counted down at each node; at 0 the result is null with TUOYU_ERROR_LIMIT */
    size_t list_limit;   /* items of one list */
    uint32_t depth_left; /* of nested calls of functions that the expression defines; starts at 64 */
    /* VALUE_DATE for today(), VALUE_DATE_TIME for now(); NULL: an error, there is no clock */
    const struct value *today;
    const struct value *now;
    const struct zone_offsets *zones; /* what the host knows of named time zones; NULL: nothing */
    uint32_t recursion_left;          /* of the interpreter itself, all nested calls together */
};

/* Fills in the defaults of limits. */
void environment_init(struct environment *environment, struct arena *arena);

/* Never fails: an error is a null with a cause. Memory that ran out is a null with CAUSE_ERROR and
 * TUOYU_ERROR_NO_MEMORY (a static cause), and arena->failed is set. */
struct value expression_evaluate(const struct expression *expression, struct environment *environment);

/* Null with an error cause that names the node's place; for built-ins and operators. */
struct value null_with_error(struct environment *environment, const struct expression *expression,
                             const struct node *node, tuoyu_status code, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
