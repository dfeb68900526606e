// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.time.LocalDate;
import java.util.Map;
import tuoyu.raw.SWIGTYPE_p_tuoyu_cost_sharing;
import tuoyu.raw.SWIGTYPE_p_tuoyu_policy;
import tuoyu.raw.raw;

/** Who pays what? Immutable; threads may share it. It keeps its policy. */
public final class CostSharing extends PolicyHandle<SWIGTYPE_p_tuoyu_cost_sharing> {
    CostSharing(SWIGTYPE_p_tuoyu_cost_sharing pointer, SWIGTYPE_p_tuoyu_policy policy) {
        super(pointer, raw::tuoyu_cost_sharing_unref, policy);
    }

    /** @throws TuoyuException where an error keeps the rule from answering; a missing fact is no error */
    public Split split(Case facts, LocalDate asOf) {
        int day = Call.days("asOf", asOf);
        return new Split(ask(facts,
            (call, rule, given) -> raw.call_cost_sharing_split(call, rule, given, day)));
    }

    /** As above with facts as for {@link Policy#newCase(Map)}. */
    public Split split(Map<String, ?> facts, LocalDate asOf) {
        int day = Call.days("asOf", asOf);
        return new Split(ask(facts,
            (call, rule, given) -> raw.call_cost_sharing_split(call, rule, given, day)));
    }

    /**
     * The budget that claims by this rule are paid from.
     *
     * @param facts of the budget itself, such as what was spent of it
     * @throws TuoyuException where the rule has no budget, or is not in force at that date
     */
    public Budget budget(Case facts, LocalDate asOf) {
        int day = Call.days("asOf", asOf);
        return new Budget(ask(facts,
            (call, rule, given) -> raw.call_cost_sharing_budget(call, rule, given, day)), policy);
    }

    /** As above with facts as for {@link Policy#newCase(Map)}. */
    public Budget budget(Map<String, ?> facts, LocalDate asOf) {
        int day = Call.days("asOf", asOf);
        return new Budget(ask(facts,
            (call, rule, given) -> raw.call_cost_sharing_budget(call, rule, given, day)), policy);
    }
}
