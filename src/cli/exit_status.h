/* SPDX-License-Identifier: Apache-2.0 */
/* The exit statuses of the command, the same for every sub-command. */
#ifndef TUOYU_CLI_EXIT_STATUS_H
#define TUOYU_CLI_EXIT_STATUS_H

enum {
    EXIT_CLEAN = 0,    /* all is well */
    EXIT_FINDINGS = 1, /* it ran and found something wrong: in a pack, an example, a row */
    EXIT_USAGE = 2     /* it could not run: wrong options, or a file that cannot be read or written */
};

#endif
