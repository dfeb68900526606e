// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.time.LocalDate;
import java.util.Map;
import tuoyu.raw.SWIGTYPE_p_tuoyu_eligibility;
import tuoyu.raw.SWIGTYPE_p_tuoyu_verdict;
import tuoyu.raw.SWIGTYPE_p_tuoyu_waiting_list;
import tuoyu.raw.raw;

/** May it, is it entitled? Immutable; threads may share it. */
public final class Eligibility extends Handle<SWIGTYPE_p_tuoyu_eligibility> {
    private final Policy policy;

    Eligibility(Policy policy, SWIGTYPE_p_tuoyu_eligibility pointer) {
        super(pointer, raw::tuoyu_eligibility_unref);
        this.policy = policy;
    }

    /** @throws TuoyuException where an error keeps the rule from answering; a missing fact is no error */
    public Verdict verdict(Case facts, LocalDate asOf) {
        Call call = Call.current();
        SWIGTYPE_p_tuoyu_verdict answer = use(rule -> facts.useAlone(
            pointer -> raw.call_eligibility_verdict(call.pointer, rule, pointer, Call.days(asOf))));
        call.check();
        return new Verdict(answer);
    }

    /** As above with facts as for {@link Policy#newCase(Map)}. */
    public Verdict verdict(Map<String, ?> facts, LocalDate asOf) {
        try (Case made = policy.newCase(facts)) {
            return verdict(made, asOf);
        }
    }

    /** For a rule with `admission`: who is admitted to so many places, and in which order the others wait. */
    public WaitingList waitingList(long places, LocalDate asOf) {
        Call call = Call.current();
        SWIGTYPE_p_tuoyu_waiting_list list = use(rule ->
            raw.call_eligibility_waiting_list(call.pointer, rule, Call.days(asOf), places));
        call.check();
        return new WaitingList(policy, list);
    }
}
