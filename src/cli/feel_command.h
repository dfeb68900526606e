/* SPDX-License-Identifier: Apache-2.0 */
/* `tuoyu feel`; argv[0] is "feel". Returns an exit status of exit_status.h. */
#ifndef TUOYU_CLI_FEEL_COMMAND_H
#define TUOYU_CLI_FEEL_COMMAND_H

int feel_command(int argc, char **argv);

#endif
