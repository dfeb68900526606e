/* SPDX-License-Identifier: Apache-2.0 */
/* Units as people write them: 元/月 for CNY/month, 个托位 for place, and entities by the labels that packs
 * give them. */
#include "explain/display.h"
#include "program/unit_text.h"

/* What one factor of a unit is called. */
struct unit_words {
    struct text zh, en;
    struct text counter; /* between a number and the Chinese word */
};

/* The word as a text; empty for NULL. */
static struct text word_of(const char *word)
{
    return text_of(word, TUOYU_NUL_TERMINATED);
}

/* The words of a unit that the library knows. */
static struct unit_words words_of_known(const struct known_unit *known)
{
    return (struct unit_words){
        .zh = word_of(known->zh), .en = word_of(known->en), .counter = word_of(known->counter)};
}

/* The first declaration of an entity, NULL where no pack has one. */
static const struct pack_entity *find_entity(const struct layering *layering, struct text name)
{
    for (uint32_t i = 0; i < layering->pack_count; i++) {
        const struct pack_model *model = layering->packs[i].model;
        for (size_t j = 0; j < model->entity_count; j++)
            if (text_equals(model->entities[j].name, name))
                return &model->entities[j];
    }
    return NULL;
}

/* What an entity is called. Its counter is the pack's, else that of the known unit of its name, else 个. */
static struct unit_words words_of_entity(const struct pack_entity *entity, const struct known_unit *known)
{
    const struct localised *label = &entity->label;
    struct unit_words words = {.zh = word_of(localised_in(label, "zh")),
                               .en = word_of(localised_in(label, "en"))};
    words.counter = known ? word_of(known->counter) : TEXT("个");
    if (entity->counter.bytes)
        words.counter = entity->counter;
    return words;
}

/* What a factor is called: by the known unit of its name, else by the entity's label, else by its own
 * name. */
static struct unit_words words_of_name(const struct display *display, struct text name)
{
    const struct known_unit *known = known_unit_find(name);
    if (known && known->sort != UNIT_SORT_THING)
        return words_of_known(known);
    const struct pack_entity *entity = find_entity(display->policy->layering, name);
    if (entity)
        return words_of_entity(entity, known);
    if (known && text_is(name, known->name))
        return words_of_known(known);
    /* A unit of its own, such as an entity that is called 幼儿 and has no label. */
    return (struct unit_words){.zh = name, .en = name, .counter = known ? word_of(known->counter) : TEXT("")};
}

/* ---- Factors ---- */

/* Appends ², ³ or ^n; nothing for the first power. */
static void append_power(struct text_builder *builder, int32_t power)
{
    if (power == 2)
        text_append_literal(builder, "²");
    else if (power == 3)
        text_append_literal(builder, "³");
    else if (power != 1)
        text_append_format(builder, "^%d", (int)power);
}

/* Appends one factor with its power, which is at least 1. is_counted: its counter word goes before it in
 * Chinese. */
static void append_factor(const struct display *display, struct text name, int32_t power, bool is_counted)
{
    const struct known_unit *known = known_unit_of_base(name, power);
    bool is_one_word = power == 1 || known;
    struct unit_words words = power != 1 && known ? words_of_known(known) : words_of_name(display, name);
    if (is_counted && power == 1 && !display->is_english)
        text_append(display->builder, words.counter);
    text_append(display->builder, display->is_english ? words.en : words.zh);
    if (!is_one_word)
        append_power(display->builder, power);
}

/* How many factors stand before the first `/`. */
static uint32_t count_multiplied(const struct unit *unit)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < unit->count; i++)
        count += unit->atoms[i].power > 0;
    return count;
}

/* Only what stands alone before the first `/` has a counter: 3 个托位/社区, but 12 儿童·月. */
static void append_multiplied(const struct display *display, const struct unit *unit)
{
    bool is_counted = count_multiplied(unit) == 1;
    const char *joint = "";
    for (uint32_t i = 0; i < unit->count; i++) {
        if (unit->atoms[i].power < 0)
            continue;
        text_append_literal(display->builder, joint);
        append_factor(display, unit->atoms[i].name, unit->atoms[i].power, is_counted);
        joint = "·";
    }
}

/* Appends `/` and the factor, for each factor with a negative power. */
static void append_divisors(const struct display *display, const struct unit *unit)
{
    for (uint32_t i = 0; i < unit->count; i++) {
        if (unit->atoms[i].power > 0)
            continue;
        text_append_byte(display->builder, '/');
        append_factor(display, unit->atoms[i].name, -unit->atoms[i].power, false);
    }
}

/* ---- The whole ---- */

/* Reads a unit as packs write it, with aliases resolved. Returns false if the text is no unit. */
static bool read_unit(struct text text, struct unit *unit)
{
    struct unit written;
    const char *problem;
    return unit_text_read(text, &written, &problem) && unit_text_resolve(&written, unit, &problem);
}

void display_unit(const struct display *display, struct text text)
{
    struct unit unit;
    if (!read_unit(text, &unit)) {
        text_append(display->builder, text);
        return;
    }
    if (unit.is_percent)
        text_append_byte(display->builder, '%');
    else if (count_multiplied(&unit) == 0)
        text_append_byte(display->builder, '1');
    append_multiplied(display, &unit);
    append_divisors(display, &unit);
}

void display_unit_after_number(const struct display *display, struct text text)
{
    struct unit unit;
    if (text.length == 0)
        return;
    bool is_divided = read_unit(text, &unit) && !unit.is_percent && count_multiplied(&unit) == 0;
    if (is_divided) {
        append_divisors(display, &unit);
        return;
    }
    if (!unit_is_percent(text))
        text_append_byte(display->builder, ' ');
    display_unit(display, text);
}
