/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps notes of cells, and hands them over to what the whole command counts and lists. */
#include "cli/reading_notes.h"

#include <stdlib.h>
#include <string.h>

#include "cli/language.h"
#include "cli/look_alike.h"
#include "cli/tell.h"
#include "cli/utf8_text.h"

/* How many cells with look-alikes are told of in a file. */
enum { LOOK_ALIKES_TOLD = 10 };

void reading_notes_open(struct reading_notes *notes, const struct intake *intake, const char *file)
{
    *notes = (struct reading_notes){.file = file,
                                    .lists = intake->changes.stream != NULL,
                                    .changes = {.is_for_spreadsheet = intake->is_for_spreadsheet}};
}

/* Empties the notes; memory is used again. */
static void forget_notes(struct reading_notes *notes)
{
    csv_writer_clear(&notes->changes);
    memset(notes->counts, 0, sizeof notes->counts);
    for (size_t i = 0; i < notes->refused_count; i++)
        free(notes->refused[i].reason);
    notes->refused_count = 0;
    word_list_free_words(&notes->look_alikes);
    notes->look_alikes = (struct word_list){.items = NULL};
    notes->look_alike_count = 0;
}

void reading_notes_free(struct reading_notes *notes)
{
    forget_notes(notes);
    csv_writer_free(&notes->changes);
    free(notes->refused);
    cell_reading_free(&notes->reading);
}

void reading_notes_hand_over(struct reading_notes *notes, struct intake *intake)
{
    if (intake->is_repeated) {
        forget_notes(notes);
        return;
    }
    if (notes->lists && notes->changes.length)
        output_file_write(&intake->changes, notes->changes.bytes, notes->changes.length);
    for (int kind = 0; kind < CHANGE_KINDS; kind++)
        intake->counts[kind] += notes->counts[kind];
    intake->refused += notes->refused_count;
    for (size_t i = 0; i < notes->look_alikes.count && intake->look_alikes + i < LOOK_ALIKES_TOLD; i++)
        tell("%s", notes->look_alikes.items[i]);
    intake->look_alikes += notes->look_alike_count;
    forget_notes(notes);
}

void note_change(struct reading_notes *notes, size_t line, const char *column, const char *fact,
                 const char *written, size_t length)
{
    notes->counts[notes->reading.change]++;
    if (!notes->lists)
        return;
    char number[24];
    snprintf(number, sizeof number, "%zu", line);
    csv_write_field(&notes->changes, notes->file);
    csv_write_field(&notes->changes, number);
    csv_write_field(&notes->changes, column);
    csv_write_field(&notes->changes, fact);
    csv_write_bytes(&notes->changes, written, length);
    csv_write_bytes(&notes->changes, notes->reading.text, notes->reading.length);
    csv_write_field(&notes->changes, change_name(notes->reading.change));
    csv_end_row(&notes->changes);
}

void note_refusal(struct reading_notes *notes, size_t line)
{
    if (notes->refused_count == notes->refused_capacity) {
        notes->refused_capacity = notes->refused_capacity ? 2 * notes->refused_capacity : 16;
        notes->refused = must_resize(notes->refused, notes->refused_capacity, sizeof *notes->refused);
    }
    notes->refused[notes->refused_count++] =
        (struct refused_cell){.line = line, .reason = must_copy(notes->reading.text, notes->reading.length)};
}

void note_look_alikes(struct reading_notes *notes, size_t line, const char *column, const char *text,
                      size_t length)
{
    int32_t found, meant;
    if (!find_look_alike(text, length, &found, &meant))
        return;
    if (notes->look_alike_count++ >= LOOK_ALIKES_TOLD)
        return;
    char *shown = must_copy(text, length), character[5] = "";
    utf8_of_character(meant, character);
    word_list_add(
        &notes->look_alikes,
        meant ? must_format(
                    told_format("%s:%zu: warning: '%s' in %s has U+%04X, which looks like %s (U+%04X) and is "
                                "another character"),
                    notes->file, line, shown, column, (unsigned)found, character, (unsigned)meant)
              : must_format(
                    told_format("%s:%zu: warning: '%s' in %s has U+%04X, which is not seen and makes it "
                                "another text"),
                    notes->file, line, shown, column, (unsigned)found));
    free(shown);
}

/* Index of the first refusal on a line, or behind it. */
static size_t first_refusal(const struct reading_notes *notes, size_t line)
{
    size_t low = 0, high = notes->refused_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (notes->refused[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void add_refusals(const struct reading_notes *notes, size_t line, char **problem)
{
    for (size_t i = first_refusal(notes, line); i < notes->refused_count && notes->refused[i].line == line;
         i++) {
        char *longer = *problem ? must_format("%s; %s", *problem, notes->refused[i].reason)
                                : must_copy(notes->refused[i].reason, strlen(notes->refused[i].reason));
        free(*problem);
        *problem = longer;
    }
}
