/* SPDX-License-Identifier: Apache-2.0 */
/* Allocates for the command, which ends with a message where memory runs out. */
#include "cli/allocation.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/exit_status.h"
#include "cli/language.h"

/* Ends the command; does not return. */
static void end_without_memory(void)
{
    fputs("tuoyu: out of memory\n", stderr);
    exit(EXIT_USAGE);
}

void *must_resize(void *pointer, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        end_without_memory();
    size_t bytes = count * size;
    if (!bytes)
        bytes = 1;
    void *made = pointer ? realloc(pointer, bytes) : calloc(1, bytes);
    if (!made)
        end_without_memory();
    return made;
}

char *must_copy(const char *text, size_t length)
{
    char *copy = must_resize(NULL, length + 1, 1);
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *must_format_list(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        end_without_memory();
    char *text = must_resize(NULL, (size_t)length + 1, 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *must_format(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = must_format_list(format, arguments);
    va_end(arguments);
    return text;
}

tuoyu_status must_have_memory(tuoyu_status status)
{
    if (status == TUOYU_ERROR_NO_MEMORY)
        end_without_memory();
    return status;
}

tuoyu_diagnostics *must_have_diagnostics(void)
{
    tuoyu_diagnostics *diagnostics = NULL;
    must_have_memory(tuoyu_diagnostics_new(NULL, &diagnostics));
    tuoyu_diagnostics_set_language(diagnostics, message_language());
    return diagnostics;
}

tuoyu_diagnostics *must_have_output_diagnostics(void)
{
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_diagnostics_set_language(diagnostics, output_language());
    return diagnostics;
}

void word_list_add(struct word_list *list, const char *word)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 8;
        list->items = must_resize(list->items, list->capacity, sizeof *list->items);
    }
    list->items[list->count++] = word;
}

void word_list_free_words(struct word_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free((void *)(uintptr_t)list->items[i]);
    word_list_free(list);
}

char *names_in_lists(const struct word_list *list)
{
    char *names = must_copy("", 0);
    for (size_t i = 0; i < list->count; i++) {
        char *longer = must_format("%s %s", names, list->items[i]);
        free(names);
        names = longer;
    }
    for (char *at = names; *at; at++)
        if (*at == ',')
            *at = ' ';
    return names;
}

void word_list_free(struct word_list *list)
{
    free(list->items);
    *list = (struct word_list){.items = NULL};
}
