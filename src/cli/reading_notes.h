/* SPDX-License-Identifier: Apache-2.0 */
/* What is noted of cells while rows are read: which were read otherwise than written, and which were refused
 * because they can mean several things. One thread has notes of its own, and hands them over. */
#ifndef TUOYU_CLI_READING_NOTES_H
#define TUOYU_CLI_READING_NOTES_H

#include "cli/csv_writer.h"
#include "cli/intake.h"

/* A cell that was refused. */
struct refused_cell {
    size_t line; /* of its record */
    char *reason;
};

struct reading_notes {
    const char *file; /* what messages call it; borrowed */
    bool lists;       /* changes are listed, and not only counted */
    struct csv_writer changes;
    size_t counts[CHANGE_KINDS];
    struct refused_cell *refused; /* in the order of their lines */
    size_t refused_count, refused_capacity;
    struct word_list
        look_alikes; /* messages about the first cells with characters that look like others; owned */
    size_t look_alike_count;
    struct cell_reading reading; /* the cell at hand */
};

/* Makes empty notes. */
void reading_notes_open(struct reading_notes *notes, const struct intake *intake, const char *file);
void reading_notes_free(struct reading_notes *notes);
/* Hands the notes over, tells of look-alikes if few were told before, and empties them. */
void reading_notes_hand_over(struct reading_notes *notes, struct intake *intake);

/* Notes what became of a cell. */
void note_change(struct reading_notes *notes, size_t line, const char *column, const char *fact,
                 const char *written, size_t length);
void note_refusal(struct reading_notes *notes, size_t line);
/* Notes a text with characters that look like others, if it has some. */
void note_look_alikes(struct reading_notes *notes, size_t line, const char *column, const char *text,
                      size_t length);

/* Adds why cells of the record on this line were refused to a problem, which may move. */
void add_refusals(const struct reading_notes *notes, size_t line, char **problem);

#endif
