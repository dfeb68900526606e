// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tuoyu.raw.SWIGTYPE_p_tuoyu_measure;
import tuoyu.raw.raw;
import tuoyu.raw.rawConstants;

/** One indicator for all rows or for a region. Numbers stand in {@link #unit()}: 80 with unit percent is eighty percent. */
public final class Measure extends Answer<SWIGTYPE_p_tuoyu_measure> {
    Measure(SWIGTYPE_p_tuoyu_measure pointer) {
        super(pointer, raw::tuoyu_measure_free, raw::tuoyu_measure_answer);
    }

    private BigDecimal number(int which) {
        return use(measure -> Call.number(raw.call_measure_number(Call.current().pointer, measure, which)));
    }

    /** Over the rows whose facts are known; null where there is none. */
    public BigDecimal value() {
        return number(rawConstants.MEASURE_VALUE);
    }

    /** Were all unknown rows to count against it. */
    public BigDecimal lower() {
        return number(rawConstants.MEASURE_LOWER);
    }

    /** Were all unknown rows to count for it. */
    public BigDecimal upper() {
        return number(rawConstants.MEASURE_UPPER);
    }

    public BigDecimal numerator() {
        return number(rawConstants.MEASURE_NUMERATOR);
    }

    public BigDecimal denominator() {
        return number(rawConstants.MEASURE_DENOMINATOR);
    }

    /** null if there is none. */
    public BigDecimal target() {
        return number(rawConstants.MEASURE_TARGET);
    }

    /** How much more of the numerator reaches the target; null if there is no target. */
    public BigDecimal distance() {
        return number(rawConstants.MEASURE_DISTANCE);
    }

    /** The least that {@link #distance()} can be once all is known; null if there is no target. */
    public BigDecimal distanceLeast() {
        return number(rawConstants.MEASURE_DISTANCE_LEAST);
    }

    /** The most that {@link #distance()} can be once all is known; null also where nothing bounds it. */
    public BigDecimal distanceMost() {
        return number(rawConstants.MEASURE_DISTANCE_MOST);
    }

    /** Empty: there is no target, or the unknown rows would decide. */
    public Optional<Boolean> met() {
        int met = use(raw::tuoyu_measure_met);
        return met < 0 ? Optional.empty() : Optional.of(met == 1);
    }

    public String unit() {
        return use(measure -> Call.text(raw.tuoyu_measure_unit(measure)));
    }

    /** The unit of {@link #distance()}: of a ratio that of its numerator, or the entity that it counts. Empty: not known. */
    public String distanceUnit() {
        return use(measure -> Call.text(raw.tuoyu_measure_distance_unit(measure)));
    }

    /** Rows left out because something about them is not known, and records that cannot be read. */
    public long unknown() {
        return use(raw::tuoyu_measure_unknown);
    }

    /** Records that cannot be read ({@link Tally#addUnreadable}); of a region all of them, since each may be in it. */
    public long unreadable() {
        return use(raw::tuoyu_measure_unreadable);
    }

    /** What became of the records that were counted; empty for a region, to which records are not told. */
    public Optional<Records> records() {
        Records records = use(measure -> Records.of(which -> raw.tuoyu_measure_records(measure, which)));
        return records.read() < 0 ? Optional.empty() : Optional.of(records);
    }

    /** The promises that the records are held to; empty for a region. */
    public List<Promise> promises() {
        List<Promise> promises = new ArrayList<>();
        for (long index = 0; promises.size() == index; index++) {
            Promise promise = promiseAt(index);
            if (promise != null) {
                promises.add(promise);
            }
        }
        return promises;
    }

    private Promise promiseAt(long index) {
        return use(measure -> raw.tuoyu_measure_promise_name(measure, index) == null ? null : new Promise(
            Call.text(raw.tuoyu_measure_promise_name(measure, index)),
            Call.text(raw.tuoyu_measure_promise_because(measure, index, "zh")),
            Call.text(raw.tuoyu_measure_promise_because(measure, index, "en")),
            Call.text(raw.tuoyu_measure_promise_expression(measure, index)),
            Call.text(raw.tuoyu_measure_promise_citation(measure, index)),
            raw.tuoyu_measure_promise_broken(measure, index),
            raw.tuoyu_measure_promise_unknown(measure, index)));
    }

    /** Why it has no value, or what leaves it open, in one line; empty where there is nothing to say. Language "zh" or "en". */
    public String reason(String language) {
        Call call = Call.current();
        byte[] code = Call.bytes("language", Call.language(language));
        String reason = use(measure -> Call.text(raw.call_measure_reason(call.pointer, measure, code)));
        call.check();
        return reason;
    }
}
