// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import tuoyu.raw.SWIGTYPE_p_tuoyu_indicator;
import tuoyu.raw.SWIGTYPE_p_tuoyu_tally;
import tuoyu.raw.raw;

/** Are we there? Immutable; threads may share it. */
public final class Indicator extends Handle<SWIGTYPE_p_tuoyu_indicator> {
    private final Policy policy;

    Indicator(Policy policy, SWIGTYPE_p_tuoyu_indicator pointer) {
        super(pointer, raw::tuoyu_indicator_unref);
        this.policy = policy;
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

    /** @throws TuoyuException where the indicator is not in force at that date */
    public Tally tally(LocalDate asOf) {
        Call call = Call.current();
        SWIGTYPE_p_tuoyu_tally tally = use(pointer -> raw.call_indicator_tally(call.pointer, pointer, Call.days(asOf)));
        call.check();
        return new Tally(policy, tally);
    }

    /**
     * What {@link Tally#toBytes} gave; nothing in it is trusted.
     *
     * @throws TuoyuException for what is no tally of this indicator and of the same packs
     */
    public Tally tallyFromBytes(byte[] bytes) {
        Call call = Call.current();
        byte[] own = bytes.clone();
        SWIGTYPE_p_tuoyu_tally tally = use(pointer -> raw.call_tally_from_bytes(call.pointer, pointer, own));
        call.check();
        return new Tally(policy, tally);
    }
}
