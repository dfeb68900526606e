/* SPDX-License-Identifier: Apache-2.0 */
/* The table of known units, and how names are looked up in it. */
#include "program/unit_names.h"

/* Several rows may not share a name, so that every name has one meaning; a test holds this. */
const struct known_unit KNOWN_UNITS[] = {
    {"percent", UNIT_SORT_PERCENT, "%", "%", "", {"百分比"}, {{NULL, 0}}},
    {"CNY", UNIT_SORT_MEASURE, "元", "CNY", "", {"yuan", "RMB", "人民币", "块", "块钱"}, {{NULL, 0}}},

    {"year", UNIT_SORT_TIME, "年", "year", "", {"years", "岁", "周岁"}, {{NULL, 0}}},
    {"quarter", UNIT_SORT_TIME, "季度", "quarter", "个", {"quarters", "季"}, {{NULL, 0}}},
    {"month", UNIT_SORT_TIME, "月", "month", "个", {"months", "月龄"}, {{NULL, 0}}},
    {"week", UNIT_SORT_TIME, "周", "week", "", {"weeks", "星期", "个星期"}, {{NULL, 0}}},
    {"day", UNIT_SORT_TIME, "天", "day", "", {"days", "日"}, {{NULL, 0}}},
    {"working_day", UNIT_SORT_MEASURE, "工作日", "working_day", "个", {"working_days"}, {{NULL, 0}}},
    {"hour", UNIT_SORT_TIME, "小时", "hour", "", {"hours", "个小时"}, {{NULL, 0}}},
    {"minute", UNIT_SORT_TIME, "分钟", "minute", "", {"minutes"}, {{NULL, 0}}},

    {"m", UNIT_SORT_MEASURE, "米", "m", "", {"metre", "metres", "meter", "meters"}, {{NULL, 0}}},
    {"m2",
     UNIT_SORT_MEASURE,
     "平方米",
     "m²",
     "",
     {"square_metre", "square_metres", "square_meter", "square_meters", "平米", "㎡"},
     {{"m", 2}}},
    {"m3", UNIT_SORT_MEASURE, "立方米", "m³", "", {"cubic_metre", "cubic_metres", "㎥"}, {{"m", 3}}},
    {"person", UNIT_SORT_MEASURE, "人", "person", "", {"persons", "people", "名", "个人"}, {{NULL, 0}}},
    {"time", UNIT_SORT_MEASURE, "次", "time", "", {"times"}, {{NULL, 0}}},
    {"point", UNIT_SORT_MEASURE, "分", "point", "", {"points"}, {{NULL, 0}}},
    {"copy", UNIT_SORT_MEASURE, "份", "copy", "", {"copies"}, {{NULL, 0}}},
    {"sheet", UNIT_SORT_MEASURE, "张", "sheet", "", {"sheets"}, {{NULL, 0}}},
    {"item", UNIT_SORT_MEASURE, "个", "item", "", {"items", "件"}, {{NULL, 0}}},
    {NULL, UNIT_SORT_MEASURE, "人月", "person_month", "", {"person_months"}, {{"person", 1}, {"month", 1}}},
    {NULL, UNIT_SORT_MEASURE, "人天", "person_day", "", {"person_days", "人日"}, {{"person", 1}, {"day", 1}}},
    {NULL, UNIT_SORT_MEASURE, "人年", "person_year", "", {"person_years"}, {{"person", 1}, {"year", 1}}},
    {"person_time", UNIT_SORT_MEASURE, "人次", "person_time", "", {"person_times"}, {{NULL, 0}}},

    {"child",
     UNIT_SORT_THING,
     "儿童",
     "child",
     "名",
     {"children", "婴幼儿", "幼儿", "孩子", "个孩子"},
     {{NULL, 0}}},
    {"carer", UNIT_SORT_THING, "保育人员", "carer", "名", {"carers", "照护人员", "保育员"}, {{NULL, 0}}},
    {"staff", UNIT_SORT_THING, "从业人员", "staff", "名", {"工作人员"}, {{NULL, 0}}},
    {"place", UNIT_SORT_THING, "托位", "place", "个", {"places"}, {{NULL, 0}}},
    {"class", UNIT_SORT_THING, "班", "class", "个", {"classes", "班级"}, {{NULL, 0}}},
    {"institution",
     UNIT_SORT_THING,
     "机构",
     "institution",
     "家",
     {"institutions", "托育机构", "家"},
     {{NULL, 0}}},
    {"household", UNIT_SORT_THING, "家庭", "household", "户", {"households", "户"}, {{NULL, 0}}},
    {"community", UNIT_SORT_THING, "社区", "community", "个", {"communities"}, {{NULL, 0}}},
    {"visit", UNIT_SORT_THING, "访视", "visit", "次", {"visits", "随访"}, {{NULL, 0}}},
    {.name = NULL, .zh = NULL},
};
enum { UNIT_COUNT = sizeof KNOWN_UNITS / sizeof *KNOWN_UNITS - 1 };

/* ---- Names ---- */

/* Whether the name is one of the further names. */
static bool is_among(struct text name, const char *const *others)
{
    for (size_t i = 0; i < UNIT_OTHERS && others[i]; i++)
        if (text_is(name, others[i]))
            return true;
    return false;
}

/* Whether the name is the counter followed by the Chinese word, as `个托位`. */
static bool is_counted(const struct known_unit *unit, struct text name)
{
    if (!name.length || name.bytes[0] != unit->counter[0])
        return false;
    size_t length = strlen(unit->counter);
    bool begins = name.length > length && memcmp(name.bytes, unit->counter, length) == 0;
    return begins && text_is(text_slice(name, length, name.length), unit->zh);
}

/* Whether the name stands for the unit. */
static bool is_called(const struct known_unit *unit, struct text name)
{
    return (unit->name && text_is(name, unit->name)) || text_is(name, unit->zh) || text_is(name, unit->en) ||
           is_counted(unit, name) || is_among(name, unit->others);
}

const struct known_unit *known_unit_find(struct text name)
{
    for (size_t i = 0; i < UNIT_COUNT; i++)
        if (is_called(&KNOWN_UNITS[i], name))
            return &KNOWN_UNITS[i];
    return NULL;
}

const struct known_unit *known_unit_of_base(struct text base, int32_t power)
{
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        const struct unit_part *part = &KNOWN_UNITS[i].parts[0];
        if (!KNOWN_UNITS[i].name)
            continue;
        bool is_base = !part->base && power == 1 && text_is(base, KNOWN_UNITS[i].name);
        if (is_base || (part->base && part->power == power && text_is(base, part->base)))
            return &KNOWN_UNITS[i];
    }
    return NULL;
}

/* ---- What was meant ---- */

/* The small letter of an ASCII capital; any other byte as it is. */
static char lower_case(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether two texts are the same but for the case of ASCII letters. */
static bool is_same_but_for_case(struct text left, struct text right)
{
    if (left.length != right.length)
        return false;
    for (size_t i = 0; i < left.length; i++)
        if (lower_case(left.bytes[i]) != lower_case(right.bytes[i]))
            return false;
    return true;
}

/* Takes the candidate as the best where it is nearer. Returns true where only the case differs, which nothing
 * can be nearer than. */
static bool consider(struct text name, struct text candidate, struct text *best, size_t *distance)
{
    if (is_same_but_for_case(name, candidate)) {
        *best = candidate;
        return true;
    }
    text_nearest(name, candidate, best, distance);
    return false;
}

/* Names of fewer characters get no guess, because they are near to too many others. */
enum { SHORTEST_GUESSED = 3 };

struct text known_unit_nearest(struct text name, bool *differs_by_case)
{
    struct text best = TEXT(""), none = TEXT("");
    size_t distance = utf8_count(name) < SHORTEST_GUESSED ? 0 : SIZE_MAX;
    *differs_by_case = false;
    for (size_t i = 0; i < UNIT_COUNT && !*differs_by_case; i++) {
        struct text own = text_of(KNOWN_UNITS[i].name, KNOWN_UNITS[i].name ? TUOYU_NUL_TERMINATED : 0);
        *differs_by_case = own.length && consider(name, own, &best, &distance);
        for (size_t j = 0; j < UNIT_OTHERS && KNOWN_UNITS[i].others[j] && !*differs_by_case; j++)
            *differs_by_case =
                consider(name, text_of(KNOWN_UNITS[i].others[j], TUOYU_NUL_TERMINATED), &best, &distance);
    }
    return best.length ? best : none;
}

const char *scaled_unit_advice(struct text name)
{
    static const struct {
        const char *name, *advice;
    } SCALED[] = {
        {"万元", "write CNY and the numbers in full: 1 万元 is 10000"},
        {"亿元", "write CNY and the numbers in full: 1 亿元 is 100000000"},
        {"千元", "write CNY and the numbers in full: 1 千元 is 1000"},
        {"百元", "write CNY and the numbers in full: 1 百元 is 100"},
        {"角", "write CNY and the numbers in yuan: 1 角 is 0.1"},
        {"万人", "write person and the numbers in full: 1 万人 is 10000"},
        {"千人",
         "write person and the numbers in full: 1 千人 is 1000; a ratio per thousand has `per: 1000`"},
        {"百人", "write person and the numbers in full: 1 百人 is 100"},
        {"半年", "write month and the number in months: 半年 is 6"},
        {"公顷", "write m2 and the numbers in full: 1 公顷 is 10000"},
        {"‰", "write percent: 5‰ is 0.5"},
        {"permille", "write percent: 5 per mille is 0.5"},
        {"千分比", "write percent: 5‰ is 0.5"},
        {"万分比", "write percent: 5‱ is 0.05"},
        {"折", "write percent: 八折 is 80"}};
    for (size_t i = 0; i < sizeof SCALED / sizeof *SCALED; i++)
        if (text_is(name, SCALED[i].name))
            return SCALED[i].advice;
    return NULL;
}
