/* SPDX-License-Identifier: Apache-2.0 */
/* The parser's inside, shared by its files: a recursive descent, one token ahead, that stops at the first
 * error. */
#ifndef TUOYU_FEEL_PARSER_H
#define TUOYU_FEEL_PARSER_H

#include "feel/builtin.h"
#include "feel/expression.h"
#include "feel/lexer.h"

enum {
    PARSER_DEPTH = 64, /* default of parse_options.depth_limit */
    PARSER_HEIGHT_FACTOR =
        4, /* a tree may be so many times higher than constructs nest: a + b + c + … leans left */
    PARSER_LONGEST_NAME = 255 /* bytes */
};

/* A name bound in the expression, while it is in scope. */
struct binding {
    struct text name;
    uint32_t slot;
    uint32_t serial; /* how many bindings were in scope before it */
    bool is_used;
    struct binding *shadowed; /* the binding of the same name around it */
    struct binding *outer;    /* the binding made before it */
};

/* A filter around the place that is parsed. */
struct filter_scope {
    uint32_t slot;   /* of its item */
    uint32_t serial; /* bindings in scope when it began, its own `item` among them: an entry of the item comes
                        before all of these */
    struct filter_scope *outer;
};

struct parser {
    struct arena *arena;  /* of the tree */
    struct arena scratch; /* of what is forgotten after the parse */
    struct text text;
    const struct symbol_table *symbols;
    const struct parse_options *options;
    tuoyu_diagnostics *diagnostics;
    tuoyu_status status; /* of the first error */
    struct token token;  /* the one ahead */
    uint32_t end;        /* where the token before it ended */
    uint32_t depth, depth_limit;
    uint32_t height_limit;
    bool closes_range; /* a `[` may end a range such as `]1..3[` */
    bool uses_input;   /* `?` was met since this was last cleared */

    struct map locals;         /* name to innermost struct binding, or NULL when out of scope again */
    struct map local_prefixes; /* beginnings of names with several words */
    struct map symbol_names;   /* names with symbols in them that were bound anywhere so far: `a+b` */
    struct binding *binding;   /* the innermost */
    uint32_t binding_count;
    struct filter_scope *filter;
    uint32_t next_slot, frame_size;

    uint32_t *symbol_slots; /* distinct, in order of first mention */
    size_t symbol_count, symbol_capacity;
    struct map symbols_met; /* of slots, as bytes */
};

/* ---- parser.c: tokens, errors, nodes ---- */
void parser_advance(struct parser *parser);
/* Goes on behind offset. */
void parser_continue_at(struct parser *parser, uint32_t offset);
struct token parser_peek(const struct parser *parser);
static inline bool parser_at(const struct parser *parser, enum token_kind kind)
{
    return parser->token.kind == kind;
}
static inline bool parser_at_keyword(const struct parser *parser, enum keyword keyword)
{
    return parser->token.kind == TOKEN_NAME && parser->token.keyword == keyword;
}
/* Takes the token if it is of that kind. */
bool parser_take(struct parser *parser, enum token_kind kind);
bool parser_take_keyword(struct parser *parser, enum keyword keyword);
/* As take; an error "expected …, found …" if it is not there. */
bool parser_expect(struct parser *parser, enum token_kind kind, const char *what);
bool parser_expect_keyword(struct parser *parser, enum keyword keyword, const char *what);
void parser_fail_expected(struct parser *parser, const char *what);
void parser_fail(struct parser *parser, tuoyu_status code, uint32_t offset, uint32_t length, struct text hint,
                 const char *format, ...) __attribute__((format(printf, 6, 7)));
/* What can only be null: an error where the options are strict. */
void parser_warn(struct parser *parser, tuoyu_status code, uint32_t offset, uint32_t length,
                 struct text message);
/* NODE_ERROR with a message of the tree's arena, which is also reported as parser_warn() does. */
const struct node *parser_error_node(struct parser *parser, tuoyu_status code, uint32_t from,
                                     struct text message);
void parser_fail_memory(struct parser *parser);
bool parser_enter(struct parser *parser);
static inline void parser_leave(struct parser *parser)
{
    parser->depth--;
}
struct text parser_slice(const struct parser *parser, uint32_t from, uint32_t to);

/* A node from offset to the end of the last token, with room for count children. NULL after an error. */
struct node *parser_node(struct parser *parser, enum node_kind kind, uint32_t from, uint32_t count);
/* Computes the height once the children are set; NULL (and an error) if the tree is too high or a child is
 * missing. */
const struct node *parser_finish(struct parser *parser, struct node *node);
const struct node *parser_node_1(struct parser *parser, enum node_kind kind, uint32_t from,
                                 const struct node *child);
const struct node *parser_node_2(struct parser *parser, enum node_kind kind, uint32_t from,
                                 const struct node *left, const struct node *right);
const struct node *parser_literal(struct parser *parser, uint32_t from, struct value value);

/* Children whose number is not known beforehand. */
struct node_list {
    const struct node **items;
    size_t count, capacity;
};
bool node_list_add(struct parser *parser, struct node_list *list, const struct node *node);
struct node *parser_node_of(struct parser *parser, enum node_kind kind, uint32_t from,
                            const struct node_list *list);

/* ---- parse_names.c ---- */
/* Binds a name to a new slot; NULL when memory is refused. */
struct binding *scope_bind(struct parser *parser, struct text name);
/* Takes the innermost bindings out of scope until so many are left. */
void scope_leave(struct parser *parser, uint32_t binding_count);
uint32_t scope_take_slot(struct parser *parser);
/* A name that the expression gives: its words up to a token that is none, with single spaces, in NFC.
 * with_keywords: the place allows any word. */
bool parse_new_name(struct parser *parser, bool with_keywords, struct text *name);
/* A name that stands for a value: local, declared, built-in, or an entry of a filter's item. */
const struct node *parse_name(struct parser *parser);
/* The name after a dot. */
bool parse_path_name(struct parser *parser, struct text *name);
/* Composed form (NFC); the same text when it is that already. */
struct text name_compose(struct arena *arena, struct text name);

/* ---- parse_expression.c ---- */
const struct node *parse_expression(struct parser *parser);
/* What may stand beside a comparison: arithmetic and all that binds closer. */
const struct node *parse_operand(struct parser *parser);

/* ---- parse_constructs.c ---- */
const struct node *parse_if(struct parser *parser);
const struct node *parse_for(struct parser *parser);
const struct node *parse_quantified(struct parser *parser);
const struct node *parse_function(struct parser *parser);
const struct node *parse_context(struct parser *parser);

/* ---- parse_ranges.c: what begins with a bracket ---- */
/* After `(`: an expression in parentheses, a range, or a comparison such as `(> 10)`. */
const struct node *parse_parenthesis(struct parser *parser);
/* After `[`: a list or a range. */
const struct node *parse_bracket(struct parser *parser);
/* After `]`: a range. */
const struct node *parse_reversed_bracket(struct parser *parser);
/* After `first ..`, where from is the offset of the bracket. */
const struct node *parse_range_end(struct parser *parser, uint32_t from, bool low_included,
                                   const struct node *low);

/* ---- parse_unary_tests.c ---- */
/* After `in`. */
const struct node *parse_in(struct parser *parser, uint32_t from, const struct node *value);
/* The whole text as the tests of a decision table's cell: NODE_IN over NODE_INPUT, or a single test. */
const struct node *parse_unary_tests(struct parser *parser);
bool token_is_comparison(struct token token, enum node_kind *operation);

/* ---- parse_calls.c ---- */
/* After `(`: the arguments of a call of a built-in, from its first overload. */
const struct node *parse_builtin_call(struct parser *parser, uint32_t from, const struct builtin *builtin);
/* After `(`: the arguments of a call of a value. */
const struct node *parse_call(struct parser *parser, uint32_t from, const struct node *function);

/* ---- parse_type.c ---- */
const struct feel_type *parse_type(struct parser *parser);

#endif
