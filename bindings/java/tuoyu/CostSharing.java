// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.time.LocalDate;
import java.util.Map;
import tuoyu.raw.SWIGTYPE_p_tuoyu_budget;
import tuoyu.raw.SWIGTYPE_p_tuoyu_cost_sharing;
import tuoyu.raw.SWIGTYPE_p_tuoyu_split;
import tuoyu.raw.raw;

/** Who pays what? Immutable; threads may share it. */
public final class CostSharing extends Handle<SWIGTYPE_p_tuoyu_cost_sharing> {
    private final Policy policy;

    CostSharing(Policy policy, SWIGTYPE_p_tuoyu_cost_sharing pointer) {
        super(pointer, raw::tuoyu_cost_sharing_unref);
        this.policy = policy;
    }

    /** @throws TuoyuException where an error keeps the rule from answering; a missing fact is no error */
    public Split split(Case facts, LocalDate asOf) {
        Call call = Call.current();
        SWIGTYPE_p_tuoyu_split answer = use(rule -> facts.useAlone(
            pointer -> raw.call_cost_sharing_split(call.pointer, rule, pointer, Call.days(asOf))));
        call.check();
        return new Split(answer);
    }

    /** As above with facts as for {@link Policy#newCase(Map)}. */
    public Split split(Map<String, ?> facts, LocalDate asOf) {
        try (Case made = policy.newCase(facts)) {
            return split(made, asOf);
        }
    }

    /**
     * The budget that claims by this rule are paid from.
     *
     * @param facts of the budget itself, such as what was spent of it
     * @throws TuoyuException where the rule has no budget, or is not in force at that date
     */
    public Budget budget(Case facts, LocalDate asOf) {
        Call call = Call.current();
        SWIGTYPE_p_tuoyu_budget budget = use(rule -> facts.useAlone(
            pointer -> raw.call_cost_sharing_budget(call.pointer, rule, pointer, Call.days(asOf))));
        call.check();
        return new Budget(policy, budget);
    }

    /** As above with facts as for {@link Policy#newCase(Map)}. */
    public Budget budget(Map<String, ?> facts, LocalDate asOf) {
        try (Case made = policy.newCase(facts)) {
            return budget(made, asOf);
        }
    }
}
