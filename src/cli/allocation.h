/* SPDX-License-Identifier: Apache-2.0 */
/* Memory and small texts of the command: where there is none left, it says so and ends. */
#ifndef TUOYU_CLI_ALLOCATION_H
#define TUOYU_CLI_ALLOCATION_H

#include <stdarg.h>
#include <stddef.h>

#include <tuoyu/rules.h>

/* Room for count items of size bytes, zeroed when pointer is NULL. */
void *must_resize(void *pointer, size_t count, size_t size);
/* A copy of length bytes, ended by NUL. */
char *must_copy(const char *text, size_t length);
char *must_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *must_format_list(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));
/* Ends the command when the library says that memory is gone; hands on every other status. */
tuoyu_status must_have_memory(tuoyu_status status);
tuoyu_diagnostics *must_have_diagnostics(void);

/* Texts that others own, in the order they were added. */
struct word_list {
    const char **items;
    size_t count, capacity;
};

void word_list_add(struct word_list *list, const char *word);
void word_list_free(struct word_list *list);
/* For a list that owns its words. */
void word_list_free_words(struct word_list *list);

#endif
