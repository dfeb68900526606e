/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of names from elsewhere. */
#include "feel/name_hints.h"

struct name_hint {
    struct text name, hint;
};

static const struct name_hint FUNCTIONS[] = {
    {{"year", 4}, {"write `date.year`, as in `as_of.year`", 37}},
    {{"month", 5}, {"write `date.month`, as in `as_of.month`", 39}},
    {{"day", 3}, {"write `date.day`, as in `as_of.day`", 35}},
    {{"weekday", 7}, {"write `date.weekday`, 1 for Monday", 34}},
    {{"years", 5}, {"write `completed years(from, to)`", 33}},
    {{"months", 6}, {"write `completed months(from, to)`", 34}},
    {{"days", 4}, {"write `completed days(from, to)`", 32}},
    {{"datedif", 7}, {"write `completed months(from, to)`, or years, or days", 53}},
    {{"datediff", 8}, {"write `completed months(from, to)`, or years, or days", 53}},
    {{"edate", 5}, {"write `add months(date, n)`", 27}},
    {{"eomonth", 7}, {"write `end of month(date)`", 26}},
    {{"round", 5}, {"say how: `round half up(n, decimals)`, `round to(n, step, mode)`", 64}},
    {{"roundup", 7}, {"write `round up(n, decimals)`", 29}},
    {{"rounddown", 9}, {"write `round down(n, decimals)`", 31}},
    {{"int", 3}, {"write `floor(n)`", 16}},
    {{"ceil", 4}, {"write `ceiling(n)`", 18}},
    {{"mod", 3}, {"write `modulo(n, divisor)`", 26}},
    {{"average", 7}, {"write `mean(list)`", 18}},
    {{"avg", 3}, {"write `mean(list)`", 18}},
    {{"pow", 3}, {"write `base ** exponent`", 24}},
    {{"power", 5}, {"write `base ** exponent`", 24}},
    {{"len", 3}, {"write `string length(text)` or `count(list)`", 44}},
    {{"iif", 3}, {"write `if condition then value else other`", 42}},
    {{"ifs", 3}, {"write `if condition then value else if … then … else other`", 63}},
    {{"isnull", 6}, {"write `value = null`", 20}},
    {{"isblank", 7}, {"write `value = null`", 20}},
    {{"find", 4}, {"write `contains(text, part)`", 28}},
    {{"if", 2}, {"write `if condition then value else other`", 42}},
    {{"switch", 6}, {"write `if condition then value else if … then … else other`", 63}},
    {{"choose", 6}, {"write `if condition then value else if … then … else other`", 63}},
    {{"age", 3}, {"write `completed years(from, to)`", 33}},
    {{"vlookup", 7}, {"make a table of it, under `tables:`, and write its name", 55}},
    {{"xlookup", 7}, {"make a table of it, under `tables:`, and write its name", 55}},
    {{"hlookup", 7}, {"make a table of it, under `tables:`, and write its name", 55}},
    {{"lookup", 6}, {"make a table of it, under `tables:`, and write its name", 55}},
    {{"and", 3}, {"write `a and b`", 15}},
    {{"or", 2}, {"write `a or b`", 14}},
    {{"sumif", 5}, {"write `sum(list[condition])`", 28}},
    {{"countif", 7}, {"write `count(list[condition])`", 30}},
    {{"iferror", 7}, {"write `if value = null then other else value`", 45}},
    {{"ifnull", 6}, {"write `if value = null then other else value`", 45}},
    {{"coalesce", 8}, {"write `if value = null then other else value`", 45}},
    {{"nvl", 3}, {"write `if value = null then other else value`", 45}},
    {{"concat", 6}, {"texts are joined with `+`", 25}},
    {{"concatenate", 11}, {"texts are joined with `+`", 25}},
    {{"mid", 3}, {"write `substring(text, from, length)`", 37}},
    {{"left", 4}, {"write `substring(text, 1, length)`", 34}},
    {{"substr", 6}, {"write `substring(text, from, length)`", 37}},
    {{"text", 4}, {"write `string(value)`", 21}},
    {{"str", 3}, {"write `string(value)`", 21}},
    {{"float", 5}, {"write `number(text)`", 20}},
};

static const struct name_hint WORDS[] = {
    {{"如果", 6}, {"write `if condition then value else other`", 42}},
    {{"若", 3}, {"write `if condition then value else other`", 42}},
    {{"非", 3}, {"write `not(condition)`", 22}},
    {{"并非", 6}, {"write `not(condition)`", 22}},
    {{"真", 3}, {"write `true`", 12}},
    {{"假", 3}, {"write `false`", 13}},
    {{"是", 3}, {"write `true`", 12}},
    {{"否", 3}, {"write `false`", 13}},
    {{"空", 3}, {"write `null`", 12}},
    {{"今天", 6}, {"write `as_of`", 13}},
    {{"yes", 3}, {"write `true`", 12}},
    {{"no", 2}, {"write `false`", 13}},
    {{"none", 4}, {"write `null`", 12}},
    {{"nil", 3}, {"write `null`", 12}},
    {{"case", 4}, {"write `if condition then value else other`", 42}},
    {{"when", 4}, {"write `if condition then value else other`", 42}},
};

static const struct name_hint OPERATORS[] = {
    {{"且", 3}, {"write `and`", 11}},
    {{"并且", 6}, {"write `and`", 11}},
    {{"同时", 6}, {"write `and`", 11}},
    {{"与", 3}, {"write `and`", 11}},
    {{"或", 3}, {"write `or`", 10}},
    {{"或者", 6}, {"write `or`", 10}},
    {{"and", 3}, {"write `and`", 11}},
    {{"or", 2}, {"write `or`", 10}},
    {{"那么", 6}, {"write `then`", 12}},
    {{"则", 3}, {"write `then`", 12}},
    {{"then", 4}, {"write `then`", 12}},
    {{"否则", 6}, {"write `else`", 12}},
    {{"else", 4}, {"write `else`", 12}},
    {{"elif", 4}, {"write `else if condition then value`", 36}},
    {{"elsif", 5}, {"write `else if condition then value`", 36}},
    {{"elseif", 6}, {"write `else if condition then value`", 36}},
    {{"小于", 6}, {"write `<`", 9}},
    {{"大于", 6}, {"write `>`", 9}},
    {{"等于", 6}, {"write `=`", 9}},
    {{"不等于", 9}, {"write `!=`", 10}},
    {{"小于等于", 12}, {"write `<=`", 10}},
    {{"小于或等于", 15}, {"write `<=`", 10}},
    {{"不大于", 9}, {"write `<=`", 10}},
    {{"不超过", 9}, {"write `<=`", 10}},
    {{"不高于", 9}, {"write `<=`", 10}},
    {{"至多", 6}, {"write `<=`", 10}},
    {{"大于等于", 12}, {"write `>=`", 10}},
    {{"大于或等于", 15}, {"write `>=`", 10}},
    {{"不小于", 9}, {"write `>=`", 10}},
    {{"不少于", 9}, {"write `>=`", 10}},
    {{"不低于", 9}, {"write `>=`", 10}},
    {{"至少", 6}, {"write `>=`", 10}},
    {{"低于", 6}, {"write `<`", 9}},
    {{"高于", 6}, {"write `>`", 9}},
    {{"超过", 6}, {"write `>`", 9}},
    {{"不足", 6}, {"write `<`", 9}},
    {{"加", 3}, {"write `+`", 9}},
    {{"减", 3}, {"write `-`", 9}},
    {{"乘", 3}, {"write `*`", 9}},
    {{"乘以", 6}, {"write `*`", 9}},
    {{"除以", 6}, {"write `/`", 9}},
    {{"is", 2}, {"write `value = null`, or `value != null`", 40}},
    {{"like", 4}, {"write `contains(text, part)`", 28}},
    {{"mod", 3}, {"write `modulo(n, divisor)`", 26}},
    {{"between", 7}, {"write `between low and high`", 28}},
    {{"in", 2}, {"write `in [1..10]`, or `in [a, b]`", 34}},
    {{"属于", 6}, {"write `in [1..10]`, or `in [a, b]`", 34}},
};

/* The first word of a name. */
static struct text first_word(struct text name)
{
    for (size_t i = 0; i < name.length; i++)
        if (name.bytes[i] == ' ')
            return text_slice(name, 0, i);
    return name;
}

/* Whether two words are the same but for the case of Latin letters. */
static bool is_word(struct text word, struct text wanted)
{
    if (word.length != wanted.length)
        return false;
    for (size_t i = 0; i < word.length; i++) {
        char c = word.bytes[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c != wanted.bytes[i])
            return false;
    }
    return true;
}

static struct text find_hint(const struct name_hint *hints, size_t count, struct text name)
{
    for (size_t i = 0; i < count; i++)
        if (is_word(first_word(name), hints[i].name))
            return hints[i].hint;
    return TEXT("");
}

struct text hint_for_function(struct text name)
{
    return find_hint(FUNCTIONS, sizeof FUNCTIONS / sizeof *FUNCTIONS, name);
}

struct text hint_for_word(struct text name)
{
    return find_hint(WORDS, sizeof WORDS / sizeof *WORDS, name);
}

struct text hint_for_operator(struct text word)
{
    return find_hint(OPERATORS, sizeof OPERATORS / sizeof *OPERATORS, word);
}
