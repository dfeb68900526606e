/* SPDX-License-Identifier: Apache-2.0 */
/* Time zones of FEEL's times: offsets from UTC, and names of the IANA database, of which only the form is
 * known. */
#include "value/time.h"

/* The areas of the IANA database, and its names without an area that are in use. */
static const char *const AREAS[] = {
    "Africa", "America", "Antarctica", "Arctic", "Asia",   "Atlantic", "Australia", "Brazil",
    "Canada", "Chile",   "Etc",        "Europe", "Indian", "Mexico",   "Pacific",   "US",
};
static const char *const NAMES[] = {
    "CET",       "CST6CDT", "Cuba",      "EET",       "EST",       "EST5EDT", "Egypt",   "Eire",
    "GB",        "GMT",     "Greenwich", "HST",       "Hongkong",  "Iran",    "Iceland", "Israel",
    "Jamaica",   "Japan",   "Libya",     "Kwajalein", "MET",       "MST",     "MST7MDT", "NZ",
    "NZ-CHAT",   "Navajo",  "PRC",       "PST8PDT",   "Poland",    "ROC",     "ROK",     "Portugal",
    "Singapore", "Turkey",  "UCT",       "UTC",       "Universal", "W-SU",    "WET",     "Zulu",
};
enum { AREA_COUNT = sizeof AREAS / sizeof AREAS[0], NAME_COUNT = sizeof NAMES / sizeof NAMES[0] };

/* Whether the name is among count names. */
static bool is_one_of(struct text name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equals(name, text_of(names[i], TUOYU_NUL_TERMINATED))) {
            return true;
        }
    }
    return false;
}

/* True for an ASCII letter. */
static bool is_letter(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

/* Whether the text is one or more places with `/` between them: `Shanghai`, `Argentina/Buenos_Aires`,
 * `GMT+8`. */
static bool is_place(struct text place)
{
    bool is_start = true;
    for (size_t i = 0; i < place.length; i++) {
        char byte = place.bytes[i];
        bool is_further = (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || byte == '+';
        if (byte == '/' ? is_start : is_start ? !is_letter(byte) : !is_letter(byte) && !is_further) {
            return false;
        }
        is_start = byte == '/';
    }
    return !is_start;
}

bool zone_name_is_plausible(struct text name)
{
    if (is_one_of(name, NAMES, NAME_COUNT)) {
        return true;
    }
    size_t slash = 0;
    while (slash < name.length && name.bytes[slash] != '/') {
        slash++;
    }
    return slash < name.length && is_one_of(text_slice(name, 0, slash), AREAS, AREA_COUNT) &&
           is_place(text_slice(name, slash + 1, name.length));
}

bool zone_from_duration(struct duration offset, struct zone *out)
{
    if (offset.nanoseconds != 0 || offset.seconds < -ZONE_OFFSET_MAX || offset.seconds > ZONE_OFFSET_MAX) {
        return false;
    }
    *out = (struct zone){.kind = ZONE_OFFSET, .offset = (int32_t)offset.seconds};
    return true;
}

bool zone_offset_at(struct zone zone, int64_t local_date, int32_t second_of_day,
                    const struct zone_offsets *zones, int32_t *offset)
{
    if (zone.kind == ZONE_OFFSET) {
        *offset = zone.offset;
        return true;
    }
    return zone.kind == ZONE_NAMED && zones != NULL && zones->offset_at != NULL &&
           zones->offset_at(zones->context, zone.name, local_date, second_of_day, offset) &&
           *offset >= -ZONE_OFFSET_MAX && *offset <= ZONE_OFFSET_MAX;
}

bool zone_equals(struct zone left, struct zone right)
{
    if (left.kind != right.kind) {
        return false;
    }
    return left.kind == ZONE_LOCAL ||
           (left.kind == ZONE_OFFSET ? left.offset == right.offset : text_equals(left.name, right.name));
}

void zone_format(struct text_builder *builder, struct zone zone)
{
    if (zone.kind == ZONE_NAMED) {
        text_append_byte(builder, '@');
        text_append(builder, zone.name);
    }
    if (zone.kind != ZONE_OFFSET) {
        return;
    }
    if (zone.offset == 0) {
        text_append_byte(builder, 'Z');
        return;
    }
    int offset = zone.offset < 0 ? -zone.offset : zone.offset;
    text_append_format(builder, "%c%02d:%02d", zone.offset < 0 ? '-' : '+', offset / 3600, offset / 60 % 60);
    if (offset % 60 != 0) {
        text_append_format(builder, ":%02d", offset % 60);
    }
}
