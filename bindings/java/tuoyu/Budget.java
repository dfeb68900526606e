// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.util.Map;
import tuoyu.raw.SWIGTYPE_p_tuoyu_budget;
import tuoyu.raw.SWIGTYPE_p_tuoyu_payout;
import tuoyu.raw.raw;

/** Money that may not suffice for all claims. Its calls wait for each other; use one for each thread. */
public final class Budget extends Handle<SWIGTYPE_p_tuoyu_budget> {
    private final Policy policy;

    Budget(Policy policy, SWIGTYPE_p_tuoyu_budget pointer) {
        super(pointer, raw::tuoyu_budget_free);
        this.policy = policy;
    }

    /**
     * Adds a claim under an id of its own.
     *
     * @throws TuoyuException for a claim with an error: it is listed as one, and the budget goes on
     */
    public synchronized void add(String id, Case claim) {
        Call call = Call.current();
        use(budget -> claim.useAlone(facts -> {
            raw.call_budget_add(call.pointer, budget, Call.bytes(id), facts);
            return null;
        }));
        call.check();
    }

    /** As above with facts as for {@link Policy#newCase(Map)}. */
    public void add(String id, Map<String, ?> claim) {
        try (Case made = policy.newCase(claim)) {
            add(id, made);
        }
    }

    /** Who is paid of the claims so far; more may be added afterwards. */
    public synchronized Payout pay() {
        Call call = Call.current();
        SWIGTYPE_p_tuoyu_payout payout = use(budget -> raw.call_budget_pay(call.pointer, budget));
        call.check();
        return new Payout(payout);
    }
}
