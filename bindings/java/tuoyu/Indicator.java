// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import tuoyu.raw.SWIGTYPE_p_tuoyu_indicator;
import tuoyu.raw.SWIGTYPE_p_tuoyu_policy;
import tuoyu.raw.raw;

/** Are we there? Immutable; threads may share it. It keeps its policy. */
public final class Indicator extends PolicyHandle<SWIGTYPE_p_tuoyu_indicator> {
    Indicator(SWIGTYPE_p_tuoyu_indicator pointer, SWIGTYPE_p_tuoyu_policy policy) {
        super(pointer, raw::tuoyu_indicator_unref, policy);
    }

    static List<String> untilNull(LongFunction<byte[]> item) {
        List<String> items = new ArrayList<>();
        for (byte[] text = item.apply(0); text != null; text = item.apply(items.size())) {
            items.add(Call.text(text));
        }
        return List.copyOf(items);
    }

    /** Whose rows it counts, such as "staff". */
    public List<String> entities() {
        return use(indicator -> untilNull(i -> raw.tuoyu_indicator_entity(indicator, i)));
    }

    /** By which kinds of region it can be broken down; their rows are needed too, so that an empty one counts as zero. */
    public List<String> regions() {
        return use(indicator -> untilNull(i -> raw.tuoyu_indicator_region(indicator, i)));
    }

    /** On a day on which the indicator is not in force, its rows are counted and its measure says so. */
    public Tally tally(LocalDate asOf) {
        int day = Call.days("asOf", asOf);
        return new Tally(ask((call, indicator) -> raw.call_indicator_tally(call, indicator, day)), policy);
    }

    /**
     * What {@link Tally#toBytes} gave; nothing in it is trusted.
     *
     * @throws TuoyuException for what is no tally of this indicator and of the same packs
     */
    public Tally tallyFromBytes(byte[] bytes) {
        byte[] own = Objects.requireNonNull(bytes, "bytes").clone();
        return new Tally(ask((call, indicator) -> raw.call_tally_from_bytes(call, indicator, own)), policy);
    }
}
