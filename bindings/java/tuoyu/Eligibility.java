// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.time.LocalDate;
import java.util.Map;
import tuoyu.raw.SWIGTYPE_p_tuoyu_eligibility;
import tuoyu.raw.SWIGTYPE_p_tuoyu_policy;
import tuoyu.raw.raw;

/** May it, is it entitled? Immutable; threads may share it. It keeps its policy. */
public final class Eligibility extends PolicyHandle<SWIGTYPE_p_tuoyu_eligibility> {
    Eligibility(SWIGTYPE_p_tuoyu_eligibility pointer, SWIGTYPE_p_tuoyu_policy policy) {
        super(pointer, raw::tuoyu_eligibility_unref, policy);
    }

    /** @throws TuoyuException where an error keeps the rule from answering; a missing fact is no error */
    public Verdict verdict(Case facts, LocalDate asOf) {
        int day = Call.days("asOf", asOf);
        return new Verdict(ask(facts,
            (call, rule, given) -> raw.call_eligibility_verdict(call, rule, given, day)));
    }

    /** As above with facts as for {@link Policy#newCase(Map)}. */
    public Verdict verdict(Map<String, ?> facts, LocalDate asOf) {
        int day = Call.days("asOf", asOf);
        return new Verdict(ask(facts,
            (call, rule, given) -> raw.call_eligibility_verdict(call, rule, given, day)));
    }

    /** For a rule with `admission`: who is admitted to so many places, and in which order the others wait. */
    public WaitingList waitingList(long places, LocalDate asOf) {
        int day = Call.days("asOf", asOf);
        return new WaitingList(ask(
            (call, rule) -> raw.call_eligibility_waiting_list(call, rule, day, places)), policy);
    }
}
