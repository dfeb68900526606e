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
     * Adds a claim.
     *
     * @throws TuoyuException for a claim with an error: it is listed as one, and the budget goes on; and for a
     *     second claim of an id: with the same facts the two are one claim, else none of them is paid
     */
    public synchronized void add(String id, Case claim) {
        Call call = Call.current();
        use(budget -> claim.useAlone(facts -> {
            raw.call_budget_add(call.pointer, budget, Call.bytes(id), facts);
            return null;
        }));
        call.check();
    }

    /**
     * As above with facts as for {@link Policy#newCase(Map)}; a claim with facts that cannot be read is listed as
     * an error, too.
     */
    public void add(String id, Map<String, ?> claim) {
        try (Case made = factsOf(id, claim)) {
            add(id, made);
        }
    }

    private Case factsOf(String id, Map<String, ?> claim) {
        try {
            return policy.newCase(claim);
        } catch (TuoyuException exception) {
            addUnreadable(id, exception.code());
            throw exception;
        }
    }

    /** Its status is not asked: where another claim has the id, neither is paid. */
    private synchronized void addUnreadable(String id, int code) {
        Call call = Call.current();
        use(budget -> {
            raw.call_budget_add_unreadable(call.pointer, budget, Call.bytes(id), code);
            return null;
        });
    }

    /** Who is paid of the claims so far; more may be added afterwards. */
    public synchronized Payout pay() {
        Call call = Call.current();
        SWIGTYPE_p_tuoyu_payout payout = use(budget -> raw.call_budget_pay(call.pointer, budget));
        call.check();
        return new Payout(payout);
    }
}
