/* SPDX-License-Identifier: Apache-2.0 */
/* Parsing and evaluating FEEL expressions: what other rooms need. */
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
    /* Returns the slot of a declared name, or UINT32_MAX. */
    uint32_t (*find)(const struct symbol_table *table, struct text name);
    /* Whether a declared name begins with these words and is longer, so that the parser looks at further
     * words. NULL: it always does. */
    bool (*is_prefix)(const struct symbol_table *table, struct text words);
    /* Stores the declared name of this index, from 0; returns false at the end. For did-you-mean. */
    bool (*name_at)(const struct symbol_table *table, uint32_t index, struct text *name);
    size_t (*count)(const struct symbol_table *table); /* how many names name_at walks */
    /* The declared name that people call so: by its label, or by its last part; empty if there is none. */
    struct text (*called)(const struct symbol_table *table, struct text word);
    /* Whether the word is one of the values that some declared name can have. */
    bool (*is_value)(const struct symbol_table *table, struct text word);
    void *context;
};

/* Returns the name as the parser compares names: single spaces between words, none around symbols, composed
 * (NFC). It is a copy in the arena; bytes is NULL if memory is refused. */
struct text name_normalize(struct arena *arena, struct text name);

/* Makes a symbol table over a map from name to (void *)(uintptr_t)(slot + 1), whose names are as
 * name_normalize() gives them. The first parse after the map has grown allocates in the map's arena: do not
 * rewind that arena to a mark from before. */
void symbol_table_over_map(struct symbol_table *table, struct map *map);

struct expression {
    struct text text; /* not copied: must live as long as the expression */
    const struct node *root;
    struct location where; /* where the text stands in its source; source is NULL if it stands alone */
    bool is_verbatim;      /* whether the source has the same bytes there, so that offsets can be added */
    uint32_t frame_size;   /* number of local slots that an evaluation needs */
    /* slots of the declared names that are mentioned, each once, in order of first mention */
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
    uint32_t input_slot; /* UINT32_MAX; the parser does not use it */
    bool is_strict; /* whether what can only be null (a call with wrong arguments) is an error instead of a
                       warning */
    const struct named_type *types; /* further types that `instance of` and parameters may name */
    size_t type_count;
};

/* Parses an expression; the tree stands in the arena, and text is not copied. options may be NULL. Returns
 * TUOYU_OK, TUOYU_ERROR_SYNTAX, _UNKNOWN_NAME, _LIMIT, _ENCODING, _NO_MEMORY or, if options are strict, the
 * error of what can only be null. Errors are reported at their place. */
tuoyu_status expression_parse(struct arena *arena, struct text text, const struct symbol_table *symbols,
                              const struct parse_options *options, struct expression *out,
                              tuoyu_diagnostics *diagnostics);

/* Parses a type such as `list<context<a: number>>`; options name further types. Returns as
 * expression_parse(). */
tuoyu_status type_parse(struct arena *arena, struct text text, const struct parse_options *options,
                        const struct feel_type **out, tuoyu_diagnostics *diagnostics);

/* The place of a node, for diagnostics. */
struct location expression_location(const struct expression *expression, const struct node *node);

/* ---- Building trees without text, for rules that lower themselves to FEEL ----
 * Each returns NULL if memory is refused. The arrays of children are copied. */
const struct node *node_literal(struct arena *arena, struct value value);
const struct node *node_symbol(struct arena *arena, uint32_t slot);
const struct node *node_of(struct arena *arena, enum node_kind kind, uint32_t count,
                           const struct node *const *children);
/* A call of a built-in by position. NULL if memory is refused or there is no overload of this many
 * arguments. */
const struct node *node_call(struct arena *arena, enum builtin_id id, uint32_t count,
                             const struct node *const *arguments);
/* Makes an expression of a tree that was built. `like` gives the text and the place that errors name; NULL if
 * there is none. Returns TUOYU_ERROR_NO_MEMORY if memory is refused or root is NULL. */
tuoyu_status expression_from_node(struct arena *arena, const struct node *root, const struct expression *like,
                                  struct expression *out);

/* ---- Evaluation ---- */

enum evaluation_mode {
    /* As the standard says: null is null, whatever its cause; an error gives null with a cause. */
    EVALUATE_STANDARD,
    /* As packs are evaluated: a null with a cause means that a fact is missing, a parameter is unset or there
     * was an error, and it decides nothing. A comparison with it, `=` included, an `if` on it and a filter by
     * it give null with that cause; `and` and `or` are decided by their other side if that suffices.
     * Comparing it with the literal `null` gives null with the cause, too, because a missing fact may well
     * have a value. */
    EVALUATE_PACK
};

struct environment {
    struct arena *arena; /* where the values stand that the evaluation makes */
    enum evaluation_mode mode;
    struct value (*resolve)(void *context, uint32_t slot); /* returns the value of a declared name */
    void *context;
    struct value input; /* `?` */
    size_t steps_most;  /* steps that may be taken, one for each node and for each 128 bytes of the arena */
    size_t steps_left; /* of these, until interrupt is asked; at 0 without any behind, the result is null with
                          TUOYU_ERROR_LIMIT */
    size_t steps_behind;       /* those left after that */
    size_t charged;            /* bytes of the arena that steps were taken for */
    tuoyu_interrupt interrupt; /* asked now and then whether to go on; NULL: nobody is */
    void *interrupt_context;
    bool is_cancelled;   /* interrupt said so: the result is null with TUOYU_ERROR_CANCELLED */
    size_t list_limit;   /* most items of one list */
    uint32_t depth_left; /* nested calls left of functions that expressions define; starts at 64 */
    /* for today() a VALUE_DATE, for now() a VALUE_DATE_TIME; NULL if there is no clock, which is an error */
    const struct value *today;
    const struct value *now;
    const struct zone_offsets *zones; /* what the host knows of named time zones; NULL if nothing */
    uint32_t recursion_left;          /* nested calls left of evaluate(), in all functions together */
};

/* Prepares an environment with the default limits, and without names or clock. */
void environment_init(struct environment *environment, struct arena *arena);
/* Lets the evaluation take so many steps from now on, and asks environment->interrupt among them. */
void environment_allow_steps(struct environment *environment, size_t most);
/* Charges count steps beyond the one of each node. Returns false if not this many are left, or the evaluation
 * was cancelled; then none is left. */
bool environment_take_steps(struct environment *environment, size_t count);
/* How many steps were taken of them. */
size_t environment_steps_taken(const struct environment *environment);

/* Evaluates an expression. It never fails: an error is a null with a cause. If memory runs out it is the
 * static null of value_no_memory(), and arena->failed is set. */
struct value expression_evaluate(const struct expression *expression, struct environment *environment);
/* The same for one node of it, which must read no name that the expression binds around it. */
struct value expression_evaluate_node(const struct expression *expression, const struct node *node,
                                      struct environment *environment);

/* A null with an error that names the node's place, for built-ins and operators. expression may be NULL,
 * which names no place. */
struct value null_with_error(struct environment *environment, const struct expression *expression,
                             const struct node *node, tuoyu_status code, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
struct value null_with_message(struct environment *environment, const struct expression *expression,
                               const struct node *node, tuoyu_status code, const char *format,
                               va_list arguments) __attribute__((format(printf, 5, 0)));

#endif
