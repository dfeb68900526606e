// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tuoyu.raw.SWIGTYPE_p_tuoyu_measure;
import tuoyu.raw.SWIGTYPE_p_tuoyu_tally;
import tuoyu.raw.raw;

/**
 * Sums that grow row by row. Its calls wait for each other; use one for each thread, and merge them: rows give the same
 * measures in whatever order and parts they were added.
 */
public final class Tally extends Handle<SWIGTYPE_p_tuoyu_tally> {
    private static final AtomicLong COUNT = new AtomicLong();
    private final long number = COUNT.getAndIncrement();
    private final Policy policy;

    Tally(Policy policy, SWIGTYPE_p_tuoyu_tally pointer) {
        super(pointer, raw::tuoyu_tally_free);
        this.policy = policy;
    }

    /**
     * Adds one row of an entity.
     *
     * @throws TuoyuException for a row with an error: it is counted as one, and the tally goes on
     */
    public synchronized void add(String entity, Case row) {
        Call call = Call.current();
        use(tally -> row.useAlone(facts -> {
            raw.call_tally_add(call.pointer, tally, Call.bytes(entity), facts);
            return null;
        }));
        call.check();
    }

    /** As above; names may leave out the entity: "certified" for "staff.certified". */
    public void add(String entity, Map<String, ?> row) {
        Map<String, Object> named = new HashMap<>();
        row.forEach((name, value) -> named.put(name.contains(".") ? name : entity + "." + name, value));
        try (Case made = policy.newCase(named)) {
            add(entity, made);
        }
    }

    /**
     * Counts records of an entity that cannot be read, such as lines of a file that are no rows. Nothing is known of them: they
     * widen the bounds of the whole and, since they may be of any region, of every region.
     *
     * @throws TuoyuException for a count below 0
     */
    public synchronized void addUnreadable(String entity, long count) {
        Call call = Call.current();
        use(tally -> {
            raw.call_tally_add_unreadable(call.pointer, tally, Call.bytes(entity), count);
            return null;
        });
        call.check();
    }

    /**
     * Adds what the other, which stays as it is, has come to.
     *
     * @throws TuoyuException where it is of another indicator, day, or other packs
     */
    public void merge(Tally other) {
        Tally first = number < other.number ? this : other;
        synchronized (first) { // two that merge each other at the same time must not wait for each other
            synchronized (first == this ? other : this) {
                Call call = Call.current();
                use(tally -> other.use(from -> {
                    raw.call_tally_merge(call.pointer, tally, from);
                    return null;
                }));
                call.check();
            }
        }
    }

    /** All that it has come to, for {@link Indicator#tallyFromBytes}; the same for the same rows in any order. */
    public synchronized byte[] toBytes() {
        Call call = Call.current();
        byte[] bytes = use(tally -> raw.call_tally_to_bytes(call.pointer, tally));
        call.check();
        return bytes;
    }

    /** The ids of that kind of region which were seen, sorted. */
    public synchronized List<String> regions(String kind) {
        byte[] bytes = Call.bytes(kind);
        return use(tally -> Indicator.untilNull(i -> raw.call_tally_region_id(tally, bytes, i)));
    }

    /** Of all rows. */
    public synchronized Measure measure() {
        Call call = Call.current();
        SWIGTYPE_p_tuoyu_measure measure = use(tally -> raw.call_tally_measure(call.pointer, tally));
        call.check();
        return new Measure(measure);
    }

    /** Of one region, such as ("subdistrict", "小港街道"). */
    public synchronized Measure measure(String kind, String region) {
        Call call = Call.current();
        SWIGTYPE_p_tuoyu_measure measure = use(tally ->
            raw.call_tally_measure_region(call.pointer, tally, Call.bytes(kind), Call.bytes(region)));
        call.check();
        return new Measure(measure);
    }
}
