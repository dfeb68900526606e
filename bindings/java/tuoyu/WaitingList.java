// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.util.List;
import java.util.Map;
import tuoyu.raw.SWIGTYPE_p_tuoyu_call;
import tuoyu.raw.SWIGTYPE_p_tuoyu_case;
import tuoyu.raw.SWIGTYPE_p_tuoyu_policy;
import tuoyu.raw.SWIGTYPE_p_tuoyu_waiting_list;
import tuoyu.raw.raw;

/**
 * Who is admitted where places are few, in an order that depends on the cases alone. Its calls wait for each other; use one for
 * each thread.
 */
public final class WaitingList extends PolicyHandle<SWIGTYPE_p_tuoyu_waiting_list> {
    WaitingList(SWIGTYPE_p_tuoyu_waiting_list pointer, SWIGTYPE_p_tuoyu_policy policy) {
        super(pointer, raw::tuoyu_waiting_list_free, policy);
    }

    private synchronized Void addAlone(SWIGTYPE_p_tuoyu_call call, SWIGTYPE_p_tuoyu_waiting_list list,
                                       byte[] id, SWIGTYPE_p_tuoyu_case facts) {
        raw.call_waiting_list_add(call, list, id, facts);
        return null;
    }

    /**
     * Adds a case; each id once.
     *
     * @throws TuoyuException for a case with an error: it is kept as one, and the list goes on
     */
    public void add(String id, Case facts) {
        byte[] bytes = Call.bytes("id", id);
        ask(facts, (call, list, given) -> addAlone(call, list, bytes, given));
    }

    /** As above with facts as for {@link Policy#newCase(Map)}. */
    public void add(String id, Map<String, ?> facts) {
        byte[] bytes = Call.bytes("id", id);
        ask(facts, (call, list, given) -> addAlone(call, list, bytes, given));
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
        byte[] what = Call.bytes("id", id), why = Call.bytes("reason", reason);
        ask((call, list) -> {
            raw.call_waiting_list_add_error(call, list, line, what, isUnreadable, why);
            return null;
        });
    }

    private static final long HANGS_ON_NAMED = 20;

    /** What became of the entries. */
    public synchronized Records records() {
        return use(list -> Records.of(which -> raw.tuoyu_waiting_list_records(list, which)));
    }

    /** Whether no entry lacks facts, has an error or cannot be read: such a one may yet come before others. */
    public synchronized boolean isFinal() {
        return use(raw::tuoyu_waiting_list_is_final);
    }

    private void order() {
        ask((call, list) -> {
            raw.call_waiting_list_order(call, list);
            return null;
        });
    }

    private String text(Report<SWIGTYPE_p_tuoyu_waiting_list, byte[]> write) {
        return Call.text(ask(write));
    }

    /** In order: those admitted, those who wait, then those without a place; language "zh" or "en". */
    public synchronized List<WaitingEntry> entries(String language) {
        byte[] code = Call.bytes("language", Call.language(language));
        order();
        return use(list -> Answer.list(raw.tuoyu_waiting_list_count(list), i -> {
            int state = raw.tuoyu_waiting_list_state(list, i);
            return new WaitingEntry(Call.text(raw.tuoyu_waiting_list_id(list, i)), WaitingEntry.State.values()[state - 1],
                state <= 2 ? i + 1 : 0, text((call, same) -> raw.call_waiting_list_reason(call, same, i, code)),
                WaitingEntry.Admission.values()[raw.tuoyu_waiting_list_admission(list, i) - 1],
                raw.tuoyu_waiting_list_hangs_on_count(list, i), hangsOn(list, i));
        }));
    }

    private static List<String> hangsOn(SWIGTYPE_p_tuoyu_waiting_list list, long index) {
        long count = Math.min(HANGS_ON_NAMED, raw.tuoyu_waiting_list_hangs_on_count(list, index));
        return Answer.list(count, i -> Call.text(raw.tuoyu_waiting_list_id(list, raw.tuoyu_waiting_list_hangs_on(list, index, i))));
    }

    /** The whole list as one JSON object. */
    public synchronized String toJson() {
        order();
        return text(raw::call_waiting_list_to_json);
    }

    /** The whole list for a person. */
    public synchronized String toText(String language) {
        byte[] code = Call.bytes("language", Call.language(language));
        order();
        return text((call, list) -> raw.call_waiting_list_to_text(call, list, code));
    }
}
