// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import tuoyu.raw.SWIGTYPE_p_tuoyu_call;
import tuoyu.raw.SWIGTYPE_p_tuoyu_case;
import tuoyu.raw.SWIGTYPE_p_tuoyu_policy;
import tuoyu.raw.SWIGTYPE_p_tuoyu_tally;
import tuoyu.raw.raw;

/**
 * Sums that grow row by row. Its calls wait for each other; use one for each thread, and merge them: rows give the same
 * measures in whatever order and parts they were added.
 */
public final class Tally extends PolicyHandle<SWIGTYPE_p_tuoyu_tally> {
    private static final AtomicLong COUNT = new AtomicLong();
    private final long number = COUNT.getAndIncrement();

    Tally(SWIGTYPE_p_tuoyu_tally pointer, SWIGTYPE_p_tuoyu_policy policy) {
        super(pointer, raw::tuoyu_tally_free, policy);
    }

    private synchronized Void addAlone(SWIGTYPE_p_tuoyu_call call, SWIGTYPE_p_tuoyu_tally tally, byte[] entity,
                                       SWIGTYPE_p_tuoyu_case row) {
        raw.call_tally_add(call, tally, entity, row);
        return null;
    }

    /**
     * Adds one row of an entity.
     *
     * @throws TuoyuException for a row with an error: it is counted as one, and the tally goes on
     */
    public void add(String entity, Case row) {
        byte[] bytes = Call.bytes("entity", entity);
        ask(row, (call, tally, facts) -> addAlone(call, tally, bytes, facts));
    }

    /** As above; names may leave out the entity: "certified" for "staff.certified". */
    public void add(String entity, Map<String, ?> row) {
        byte[] bytes = Call.bytes("entity", entity);
        ask(Facts.of(entity, row), (call, tally, facts) -> addAlone(call, tally, bytes, facts));
    }

    /**
     * Counts records of an entity that cannot be read, such as lines of a file that are no rows. Nothing is known of them: they
     * widen the bounds of the whole and, since they may be of any region, of every region.
     *
     * @throws TuoyuException for a count below 0
     */
    public synchronized void addUnreadable(String entity, long count) {
        byte[] bytes = Call.bytes("entity", entity);
        ask((call, tally) -> {
            raw.call_tally_add_unreadable(call, tally, bytes, count);
            return null;
        });
    }

    /**
     * Adds what the other, which stays as it is, has come to.
     *
     * @throws TuoyuException where it is of another indicator, day, or other packs
     */
    public void merge(Tally other) {
        Objects.requireNonNull(other, "other");
        Tally first = number < other.number ? this : other;
        synchronized (first) { // two that merge each other at the same time must not wait for each other
            synchronized (first == this ? other : this) {
                ask((call, tally) -> other.use(from -> {
                    raw.call_tally_merge(call, tally, from);
                    return null;
                }));
            }
        }
    }

    /** All that it has come to, for {@link Indicator#tallyFromBytes}; the same for the same rows in any order. */
    public synchronized byte[] toBytes() {
        return ask(raw::call_tally_to_bytes);
    }

    /** The ids of that kind of region which were seen, sorted. */
    public synchronized List<String> regions(String kind) {
        byte[] bytes = Call.bytes("kind", kind);
        return use(tally -> Indicator.untilNull(i -> raw.call_tally_region_id(tally, bytes, i)));
    }

    /** Of all rows. */
    public synchronized Measure measure() {
        return new Measure(ask(raw::call_tally_measure));
    }

    /** Of one region, such as ("subdistrict", "小港街道"). */
    public synchronized Measure measure(String kind, String region) {
        byte[] ofKind = Call.bytes("kind", kind), id = Call.bytes("region", region);
        return new Measure(ask((call, tally) -> raw.call_tally_measure_region(call, tally, ofKind, id)));
    }
}
