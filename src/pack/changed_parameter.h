/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of the dated values of a parameter by a change of a scenario. */
#ifndef TUOYU_PACK_CHANGED_PARAMETER_H
#define TUOYU_PACK_CHANGED_PARAMETER_H

#include <tuoyu/scenarios.h>

#include "pack/model.h"
#include "program/program.h"

/* A change of one parameter. Its texts live as long as the values that are made by it. */
struct parameter_change {
    int32_t operation;  /* TUOYU_CHANGE_SET, _ADD or _SCALE */
    struct text value;  /* in the parameter's unit; of _SCALE a plain number */
    struct text reason; /* ends with NUL; empty for none */
    int32_t first_day;  /* TUOYU_CHANGE_ALL_DAYS for all days */
};

/* Gives the slot of a parameter values that stand in the arena, those that it had with the change. A value
 * that is changed is proposed, and its note is the reason. A value outside the bounds of a delegation is
 * warned of. Returns TUOYU_OK; TUOYU_ERROR_PACK or _DATE (the value is not of the parameter's type), _TYPE
 * (only numbers can be added to or multiplied), _NOT_FOUND (there is no value to change) or _OVERFLOW, each
 * reported; or TUOYU_ERROR_NO_MEMORY. The slot is changed only where it returns TUOYU_OK. */
tuoyu_status parameter_apply_change(struct arena *arena, const struct pack_parameter *parameter,
                                    const struct parameter_change *change, struct slot *slot,
                                    tuoyu_diagnostics *diagnostics);

#endif
