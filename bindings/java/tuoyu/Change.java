// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import tuoyu.raw.SWIGTYPE_p_tuoyu_changes;
import tuoyu.raw.raw;

/**
 * A change of one parameter, for {@link Policy#with}. Names are those of the pack, or {@code pack.id:name} where several packs
 * have one; values are as a pack writes them: in the parameter's unit, percent in percent, a date as 2025-01-31.
 */
public final class Change {
    private static final int SET = 1, ADD = 2, SCALE = 3;
    /** The library's first day of a change that holds on all days. */
    private static final int ALL_DAYS = Integer.MIN_VALUE;

    private final String parameter, value, reason;
    private final int operation, firstDay;

    private Change(String parameter, String value, int operation, int firstDay, String reason) {
        this.parameter = Objects.requireNonNull(parameter, "parameter");
        this.value = Objects.requireNonNull(value, "value");
        this.operation = operation;
        this.firstDay = firstDay;
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** The parameter becomes this value, on all days. */
    public static Change set(String parameter, String value) {
        return new Change(parameter, value, SET, ALL_DAYS, "");
    }

    /** The parameter becomes this number, on all days. */
    public static Change set(String parameter, BigDecimal value) {
        return set(parameter, value.toPlainString());
    }

    /** This is added to each value of the parameter; to a percent, percentage points. */
    public static Change add(String parameter, BigDecimal value) {
        return new Change(parameter, value.toPlainString(), ADD, ALL_DAYS, "");
    }

    /** Each value of the parameter is multiplied by this factor. */
    public static Change scale(String parameter, BigDecimal factor) {
        return new Change(parameter, factor.toPlainString(), SCALE, ALL_DAYS, "");
    }

    /** The same change from a day on; the values before it stay. */
    public Change from(LocalDate firstDay) {
        return new Change(parameter, value, operation, Call.days("firstDay", firstDay), reason);
    }

    /** The same change with a reason, which answers tell. */
    public Change because(String reason) {
        return new Change(parameter, value, operation, firstDay, reason);
    }

    void addTo(SWIGTYPE_p_tuoyu_changes list) {
        byte[] name = Call.bytes("parameter", parameter), text = Call.bytes(parameter, value), why = Call.bytes("reason", reason);
        if (!raw.call_changes_add(list, name, text, why, operation, firstDay)) {
            throw new OutOfMemoryError("tuoyu");
        }
    }
}
