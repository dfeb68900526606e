/* SPDX-License-Identifier: Apache-2.0 */
/* What the parser's files share: a recursive descent with one token ahead, which stops at the first error.
 * After an error parser->status is not TUOYU_OK, and functions that return a node, name or flag return NULL
 * or false. */
#ifndef TUOYU_FEEL_PARSER_H
#define TUOYU_FEEL_PARSER_H

#include <assert.h>

#include "feel/builtin.h"
#include "feel/expression.h"
#include "feel/lexer.h"

enum {
    PARSER_DEPTH = 64, /* default of parse_options.depth_limit */
    /* how many times higher than constructs nest a tree may be, since a + b + c + … leans to the left */
    PARSER_HEIGHT_FACTOR = 4,
    PARSER_LONGEST_NAME = 255 /* bytes */
};

/* A name bound in the expression, while it is in scope. */
struct binding {
    struct text name;
    uint32_t slot;
    uint32_t serial; /* number of bindings in scope before it */
    bool is_used;
    struct binding *shadowed; /* the binding of the same name around it */
    struct binding *outer;    /* the binding made before it */
};

/* A filter around the place that is parsed. */
struct filter_scope {
    uint32_t slot;   /* slot of its item */
    uint32_t serial; /* number of bindings in scope when it began, its own `item` among them; an entry of the
                        item hides all of these */
    struct filter_scope *outer;
};

/* The state of one parse. */
struct parser {
    struct arena *arena;  /* where the tree stands */
    struct arena scratch; /* for what is not needed after the parse */
    struct text text;
    const struct symbol_table *symbols;
    const struct parse_options *options;
    tuoyu_diagnostics *diagnostics;
    tuoyu_status status; /* the first error's */
    struct token token;  /* the token ahead, not yet taken */
    uint32_t end;        /* where the token before it ended */
    uint32_t depth, depth_limit;
    uint32_t height_limit;
    bool closes_range; /* whether a `[` may end a range such as `]1..3[` */
    bool uses_input;   /* whether `?` was met since this was last cleared */

    struct map locals;         /* name to the innermost struct binding, or to NULL once it is out of scope */
    struct map local_prefixes; /* beginnings of names with several words, in scope or not */
    struct map symbol_names; /* names with symbols in them, such as `a+b`, that were bound anywhere so far */
    struct binding *binding; /* the one made last */
    uint32_t binding_count;
    struct filter_scope *filter;
    uint32_t next_slot, frame_size;

    uint32_t *symbol_slots; /* slots of mentioned names, each once, in order of first mention */
    size_t symbol_count, symbol_capacity;
    struct map symbols_met; /* the same slots; keys are their bytes */
};

/* ---- parser.c: tokens, errors, nodes ---- */
/* Takes the token ahead. */
void parser_advance(struct parser *parser);
/* Reads the token at or after an offset as the one ahead. Reports a TOKEN_WRONG. */
void parser_continue_at(struct parser *parser, uint32_t offset);
/* The token behind the one ahead. */
struct token parser_peek(const struct parser *parser);
/* Whether the token ahead is of this kind. */
static inline bool parser_at(const struct parser *parser, enum token_kind kind)
{
    return parser->token.kind == kind;
}
/* Whether the token ahead is this keyword. */
static inline bool parser_at_keyword(const struct parser *parser, enum keyword keyword)
{
    return parser->token.kind == TOKEN_NAME && parser->token.keyword == keyword;
}
/* Takes the token ahead if it is of that kind; returns whether it was. */
bool parser_take(struct parser *parser, enum token_kind kind);
/* Takes the token ahead if it is that keyword; returns whether it was. */
bool parser_take_keyword(struct parser *parser, enum keyword keyword);
/* As parser_take(), but reports "expected …, found …" if it is not there. Returns false after an error. */
bool parser_expect(struct parser *parser, enum token_kind kind, const char *what);
/* Takes the keyword; if it is not ahead, reports `expected <what>` and returns false. */
bool parser_expect_keyword(struct parser *parser, enum keyword keyword, const char *what);
/* Reports `expected <what>, found <token>` at the token ahead. */
void parser_fail_expected(struct parser *parser, const char *what);
/* Reports an error at a part of the text, unless there was one before. */
void parser_fail(struct parser *parser, tuoyu_status code, uint32_t offset, uint32_t length, struct text hint,
                 const char *format, ...) __attribute__((format(printf, 6, 7)));
/* Reports something that can only be null: as an error if options are strict, else as a warning. */
void parser_warn(struct parser *parser, tuoyu_status code, uint32_t offset, uint32_t length,
                 struct text message);
/* A NODE_ERROR, whose message stands in the tree's arena (bytes NULL: memory was refused), reported as
 * parser_warn() does. */
const struct node *parser_error_node(struct parser *parser, tuoyu_status code, uint32_t from,
                                     struct text message);
/* Reports that memory was refused, unless there was an error before. */
void parser_fail_memory(struct parser *parser);
/* Counts one level of nesting, until parser_leave(). Returns false, with an error, if there are too many. */
bool parser_enter(struct parser *parser);
/* Ends a level of nesting that parser_enter() has begun. */
static inline void parser_leave(struct parser *parser)
{
    assert(parser->depth > 0);
    parser->depth--;
}

/* The text between two offsets. */
struct text parser_slice(const struct parser *parser, uint32_t from, uint32_t to);

/* A node from an offset to the end of the last token, with room for count children, still NULL. NULL after an
 * error. */
struct node *parser_node(struct parser *parser, enum node_kind kind, uint32_t from, uint32_t count);
/* Computes the node's height once its children are set. NULL, with an error, if the tree is too high; NULL
 * also if the node is NULL. */
const struct node *parser_finish(struct parser *parser, struct node *node);
/* A finished node with one child; NULL if the child is NULL, or after an error. */
const struct node *parser_node_1(struct parser *parser, enum node_kind kind, uint32_t from,
                                 const struct node *child);
/* A finished node with two children; NULL if one of them is NULL, or after an error. */
const struct node *parser_node_2(struct parser *parser, enum node_kind kind, uint32_t from,
                                 const struct node *left, const struct node *right);
/* A node with a value that is known already; NULL if memory is refused. */
const struct node *parser_literal(struct parser *parser, uint32_t from, struct value value);

/* A list of nodes whose number is not known beforehand. */
struct node_list {
    const struct node **items;
    size_t count, capacity;
};
/* Adds a node. Returns false if it is NULL or memory is refused. */
bool node_list_add(struct parser *parser, struct node_list *list, const struct node *node);
/* A node with these children. NULL after an error. */
struct node *parser_node_of(struct parser *parser, enum node_kind kind, uint32_t from,
                            const struct node_list *list);

/* ---- parse_names.c ---- */
/* Binds a name to a new slot; NULL if memory is refused. */
struct binding *scope_bind(struct parser *parser, struct text name);
/* Takes the innermost bindings out of scope until binding_count are left. */
void scope_leave(struct parser *parser, uint32_t binding_count);
uint32_t scope_take_slot(struct parser *parser);
/* Parses a name that the expression gives to something: its words, with single spaces and in NFC.
 * with_keywords: keywords and symbols may be part of it. Returns false after an error. */
bool parse_new_name(struct parser *parser, bool with_keywords, struct text *name);
/* Parses a name that stands for a value: local, declared, built-in, or an entry of a filter's item. */
const struct node *parse_name(struct parser *parser);
/* Parses the name after a dot. Returns false after an error. */
bool parse_path_name(struct parser *parser, struct text *name);
/* The text in its composed form (NFC); the same bytes if it is that already, or if memory is refused or it is
 * too long. */
struct text name_compose(struct arena *arena, struct text name);

/* ---- parse_expression.c ---- */
/* Parses an expression from the token ahead on; NULL after an error. */
const struct node *parse_expression(struct parser *parser);
/* Parses what may stand beside a comparison: arithmetic and all that binds closer. */
const struct node *parse_operand(struct parser *parser);

/* ---- parse_constructs.c ---- */
const struct node *parse_if(struct parser *parser);
const struct node *parse_for(struct parser *parser);
const struct node *parse_quantified(struct parser *parser);
const struct node *parse_function(struct parser *parser);
const struct node *parse_context(struct parser *parser);

/* ---- parse_ranges.c: what begins with a bracket ---- */
/* Parses what begins with the `(` ahead: an expression in parentheses, a range, or a comparison such as `(>
 * 10)`. NULL after an error. */
const struct node *parse_parenthesis(struct parser *parser);
/* Parses what begins with the `[` ahead: a list or a range. NULL after an error. */
const struct node *parse_bracket(struct parser *parser);
/* Parses a range that begins with the `]` ahead. NULL after an error. */
const struct node *parse_reversed_bracket(struct parser *parser);
/* Parses the rest of a range behind `low ..`; from is the offset of its opening bracket. NULL after an
 * error. */
const struct node *parse_range_end(struct parser *parser, uint32_t from, bool low_included,
                                   const struct node *low);

/* ---- parse_unary_tests.c ---- */
/* Parses the tests after `in`. NULL after an error. */
const struct node *parse_in(struct parser *parser, uint32_t from, const struct node *value);
/* Parses the whole text as the tests of a decision table's cell: NODE_IN over NODE_INPUT, or a single test.
 * NULL after an error. */
const struct node *parse_unary_tests(struct parser *parser);
/* Whether the token is a comparison; if so stores its node kind. */
bool token_is_comparison(struct token token, enum node_kind *operation);

/* ---- parse_calls.c ---- */
/* Parses the arguments of a call, which begins at `from` and whose `(` has been taken, of a built-in given by
 * its first overload. A call that no overload takes is reported and gives a NODE_ERROR, so look at the kind
 * of what comes back. NULL after an error in the arguments, or when memory is refused. */
const struct node *parse_builtin_call(struct parser *parser, uint32_t from, const struct builtin *builtin);
/* Parses the arguments of a call, whose `(` has been taken, of a function value. NULL after an error. */
const struct node *parse_call(struct parser *parser, uint32_t from, const struct node *function);

/* ---- parse_type.c ---- */
/* Parses the name of a type, such as `list<number>`; NULL after an error. */
const struct feel_type *parse_type(struct parser *parser);

#endif
