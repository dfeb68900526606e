/* SPDX-License-Identifier: Apache-2.0 */
/* Two tables of names from elsewhere. */
#include "feel/name_hints.h"

struct name_hint {
    struct text name, hint;
};

static const struct name_hint FUNCTIONS[] = {
    {{"year", 4}, {"write `date.year`", 17}},
    {{"month", 5}, {"write `date.month`", 18}},
    {{"day", 3}, {"write `date.day`", 16}},
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
