/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TUOYU_CLI_FEEL_COMMAND_H
#define TUOYU_CLI_FEEL_COMMAND_H

/* `tuoyu feel`; argv[0] is "feel". Returns an exit status of exit_status.h. */
int feel_command(int argc, char **argv);

#endif
