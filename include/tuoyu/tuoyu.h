/* SPDX-License-Identifier: Apache-2.0 */
/** @file tuoyu.h
 * All of libtuoyu: statuses and common types, FEEL, policies and cases, rules and answers, tables. Since
 * 0.1. */
#ifndef TUOYU_H
#define TUOYU_H

#include <tuoyu/arrow_abi.h>
#include <tuoyu/batches.h>
#include <tuoyu/budgets.h>
#include <tuoyu/common.h>
#include <tuoyu/feel.h>
#include <tuoyu/mutations.h>
#include <tuoyu/policy.h>
#include <tuoyu/rules.h>
#include <tuoyu/scenarios.h>
#include <tuoyu/status.h>
#include <tuoyu/version.h>

#endif
