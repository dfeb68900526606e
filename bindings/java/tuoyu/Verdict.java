// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import tuoyu.raw.SWIGTYPE_p_tuoyu_verdict;
import tuoyu.raw.raw;

/** Is it entitled, with the reasons. */
public final class Verdict extends Answer<SWIGTYPE_p_tuoyu_verdict> {
    Verdict(SWIGTYPE_p_tuoyu_verdict pointer) {
        super(pointer, raw::tuoyu_verdict_free, raw::tuoyu_verdict_answer);
    }

    public Decision decision() {
        return use(verdict -> Decision.of(raw.tuoyu_verdict_decision(verdict)));
    }

    /** The exception that decided; null where the criteria did. */
    public String exception() {
        return use(verdict -> Call.text(raw.tuoyu_verdict_exception(verdict)));
    }

    /** Where facts are missing: the smallest sets of them whose knowledge could decide. */
    public List<List<String>> deciding() {
        return use(verdict -> list(raw.tuoyu_verdict_deciding_count(verdict), set -> members(
            index -> Call.text(raw.tuoyu_verdict_deciding_fact(verdict, set, index)))));
    }

    /** Where the case is ineligible: the smallest sets of criteria whose change would make it eligible. */
    public List<List<String>> toBecomeEligible() {
        return use(verdict -> list(raw.tuoyu_verdict_change_count(verdict), set -> members(
            index -> Call.text(raw.tuoyu_verdict_change_criterion(verdict, set, index)))));
    }

    private static List<String> members(LongFunction<String> member) {
        List<String> members = new ArrayList<>();
        for (String next = member.apply(0); next != null; next = member.apply(members.size())) {
            members.add(next);
        }
        return List.copyOf(members);
    }

    /** The criteria in the order written; language "zh" or "en". */
    public List<Reason> reasons(String language) {
        return use(verdict -> list(raw.tuoyu_verdict_reason_count(verdict), i -> new Reason(
            Call.text(raw.tuoyu_verdict_reason_id(verdict, i)), Decision.of(raw.tuoyu_verdict_reason_decision(verdict, i)),
            Call.text(raw.tuoyu_verdict_reason_text(verdict, i, language)),
            Call.text(raw.tuoyu_verdict_reason_citation(verdict, i)))));
    }
}
