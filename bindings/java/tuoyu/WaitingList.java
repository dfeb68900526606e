// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tuoyu.raw.SWIGTYPE_p_tuoyu_call;
import tuoyu.raw.SWIGTYPE_p_tuoyu_waiting_list;
import tuoyu.raw.raw;

/**
 * Who is admitted where places are few, in an order that depends on the cases alone. Its calls wait for each other; use one for
 * each thread.
 */
public final class WaitingList extends Handle<SWIGTYPE_p_tuoyu_waiting_list> {
    private final Policy policy;

    WaitingList(Policy policy, SWIGTYPE_p_tuoyu_waiting_list pointer) {
        super(pointer, raw::tuoyu_waiting_list_free);
        this.policy = policy;
    }

    /**
     * Adds a case; each id once.
     *
     * @throws TuoyuException for a case with an error: it is kept as one, and the list goes on
     */
    public synchronized void add(String id, Case facts) {
        Call call = Call.current();
        use(list -> facts.useAlone(pointer -> {
            raw.call_waiting_list_add(call.pointer, list, Call.bytes(id), pointer);
            return null;
        }));
        call.check();
    }

    /** As above with facts as for {@link Policy#newCase(Map)}. */
    public void add(String id, Map<String, ?> facts) {
        try (Case made = policy.newCase(facts)) {
            add(id, made);
        }
    }

    /**
     * Adds a record that cannot be asked, as an entry in error, so that it does not vanish: the list is then not final.
     *
     * @param line where it stands in its source, from 1; 0 where that is not known
     * @param id what there is of one, or ""
     * @param isUnreadable it is no row at all; else it was read, but something is wrong with it
     * @param reason in words
     * @throws TuoyuException without a reason, or for a line below 0
     */
    public synchronized void addError(long line, String id, boolean isUnreadable, String reason) {
        Call call = Call.current();
        use(list -> {
            raw.call_waiting_list_add_error(call.pointer, list, line, Call.bytes(id), isUnreadable, Call.bytes(reason));
            return null;
        });
        call.check();
    }

    /** What became of the entries. */
    public synchronized Records records() {
        return use(list -> Records.of(which -> raw.tuoyu_waiting_list_records(list, which)));
    }

    /** Whether no entry lacks facts, has an error or cannot be read: such a one may yet come before others. */
    public synchronized boolean isFinal() {
        return use(raw::tuoyu_waiting_list_is_final);
    }

    private void order() {
        Call call = Call.current();
        use(list -> {
            raw.call_waiting_list_order(call.pointer, list);
            return null;
        });
        call.check();
    }

    private String text(BiFunction<SWIGTYPE_p_tuoyu_call, SWIGTYPE_p_tuoyu_waiting_list, byte[]> write) {
        Call call = Call.current();
        String text = use(list -> Call.text(write.apply(call.pointer, list)));
        call.check();
        return text;
    }

    /** In order: those admitted, those who wait, then those without a place; language "zh" or "en". */
    public synchronized List<WaitingEntry> entries(String language) {
        byte[] code = Call.bytes(language);
        order();
        return use(list -> Answer.list(raw.tuoyu_waiting_list_count(list), i -> {
            int state = raw.tuoyu_waiting_list_state(list, i);
            return new WaitingEntry(Call.text(raw.tuoyu_waiting_list_id(list, i)), WaitingEntry.State.values()[state - 1],
                state <= 2 ? i + 1 : 0, text((call, same) -> raw.call_waiting_list_reason(call, same, i, code)));
        }));
    }

    /** The whole list as one JSON object. */
    public synchronized String toJson() {
        order();
        return text(raw::call_waiting_list_to_json);
    }

    /** The whole list for a person. */
    public synchronized String toText(String language) {
        byte[] code = Call.bytes(language);
        order();
        return text((call, list) -> raw.call_waiting_list_to_text(call, list, code));
    }
}
