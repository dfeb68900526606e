// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.util.List;
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

    /** The criteria in the order written; language "zh" or "en". */
    public List<Reason> reasons(String language) {
        return use(verdict -> list(raw.tuoyu_verdict_reason_count(verdict), i -> new Reason(
            Call.text(raw.tuoyu_verdict_reason_id(verdict, i)), Decision.of(raw.tuoyu_verdict_reason_decision(verdict, i)),
            Call.text(raw.tuoyu_verdict_reason_text(verdict, i, language)),
            Call.text(raw.tuoyu_verdict_reason_citation(verdict, i)))));
    }
}
