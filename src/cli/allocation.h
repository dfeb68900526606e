/* SPDX-License-Identifier: Apache-2.0 */
/* Memory and small texts of the command. Where memory runs out, these functions say so and end the command,
 * so none returns NULL. */
#ifndef TUOYU_CLI_ALLOCATION_H
#define TUOYU_CLI_ALLOCATION_H

#include <stdarg.h>
#include <stddef.h>

#include <tuoyu/rules.h>

/* Gives room for count items of size bytes, zeroed where pointer is NULL, else moved with its content. The
 * caller frees it. */
void *must_resize(void *pointer, size_t count, size_t size);
/* A copy of length bytes, ended by NUL. The caller frees it. */
char *must_copy(const char *text, size_t length);
/* A formatted text. The caller frees it. */
char *must_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same with a list of arguments. */
char *must_format_list(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));
/* Ends the command where the status says that memory ran out; returns every other status. */
tuoyu_status must_have_memory(tuoyu_status status);
/* An empty list of findings in the language of messages, which the caller frees. */
tuoyu_diagnostics *must_have_diagnostics(void);
/* As must_have_diagnostics(), for findings that go to files and pipes (cli/language.h). */
tuoyu_diagnostics *must_have_output_diagnostics(void);

/* A list of texts that others own, in the order in which they were added. Zeroed it is empty. */
struct word_list {
    const char **items;
    size_t count, capacity;
};

/* Adds a word, which is borrowed. */
void word_list_add(struct word_list *list, const char *word);
/* All words in one text, with spaces between and for commas, since each may be a list of names; the caller
 * frees it. */
char *names_in_lists(const struct word_list *list);
/* Frees the list and leaves the words. */
void word_list_free(struct word_list *list);
/* Frees the list and its words, for a list that owns them. */
void word_list_free_words(struct word_list *list);

#endif
