/* SPDX-License-Identifier: Apache-2.0 */
/* What the three programs share: pack files into memory, and what the library found wrong with them to the
 * error stream. The library reads no file itself. C11 and C++17 alike, as the programs. */
#ifndef READ_PACKS_H
#define READ_PACKS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tuoyu/tuoyu.h>

/* The whole file, ended by NUL, for the caller to free; NULL where it cannot be read. */
static inline char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    long length = file && fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (length >= 0 && fseek(file, 0, SEEK_SET) == 0)
        text = (char *)calloc(1, (size_t)length + 1);
    if (text && fread(text, 1, (size_t)length, file) != (size_t)length) {
        free(text);
        text = NULL;
    }
    if (file)
        fclose(file);
    return text;
}

/* Says which step failed and what was found. Returns the program's exit status. */
static inline int fail(const char *step, tuoyu_status status, const tuoyu_diagnostics *diagnostics)
{
    tuoyu_text *text = NULL;
    fprintf(stderr, "%s: %s\n", step, tuoyu_status_name(status));
    if (tuoyu_diagnostics_to_text(diagnostics, &text) == TUOYU_OK)
        fputs(tuoyu_text_bytes(text), stderr);
    tuoyu_text_free(text);
    return 1;
}

/* Loads packs from files; every pack that one of them uses must be among them. */
static inline tuoyu_status load_packs(char *const *paths, size_t count, tuoyu_policy **out,
                                      tuoyu_diagnostics *diagnostics)
{
    tuoyu_pack_text *packs = (tuoyu_pack_text *)calloc(count, sizeof *packs);
    char **texts = (char **)calloc(count, sizeof *texts);
    tuoyu_status status = packs && texts ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
    *out = NULL;
    for (size_t i = 0; i < count && status == TUOYU_OK; i++) {
        texts[i] = read_file(paths[i]);
        if (!texts[i]) {
            fprintf(stderr, "%s: cannot be read\n", paths[i]);
            status = TUOYU_ERROR_NOT_FOUND;
            break;
        }
        packs[i].name = paths[i];
        packs[i].name_length = TUOYU_NUL_TERMINATED;
        packs[i].text = texts[i];
        packs[i].text_length = TUOYU_NUL_TERMINATED;
    }
    if (status == TUOYU_OK)
        status = tuoyu_policy_load(packs, count, NULL, out, diagnostics);
    for (size_t i = 0; texts && i < count; i++)
        free(texts[i]); /* the policy keeps what it needs */
    free(texts);
    free(packs);
    return status;
}

#endif
