/* SPDX-License-Identifier: Apache-2.0 */
/* The sub-commands. argv[0] is the sub-command's name; each returns an exit status of exit_status.h. */
#ifndef TUOYU_CLI_COMMANDS_H
#define TUOYU_CLI_COMMANDS_H

int admit_command(int argc, char **argv);
int check_command(int argc, char **argv);
int test_command(int argc, char **argv);
int eval_command(int argc, char **argv);
int run_command(int argc, char **argv);
int plan_command(int argc, char **argv);
int replay_command(int argc, char **argv);
int pay_command(int argc, char **argv);
int report_command(int argc, char **argv);
int schema_command(int argc, char **argv);

#endif
