// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.util.Map;
import tuoyu.raw.SWIGTYPE_p_tuoyu_budget;
import tuoyu.raw.SWIGTYPE_p_tuoyu_call;
import tuoyu.raw.SWIGTYPE_p_tuoyu_case;
import tuoyu.raw.SWIGTYPE_p_tuoyu_policy;
import tuoyu.raw.raw;

/** Money that may not suffice for all claims. Its calls wait for each other; use one for each thread. */
public final class Budget extends PolicyHandle<SWIGTYPE_p_tuoyu_budget> {
    Budget(SWIGTYPE_p_tuoyu_budget pointer, SWIGTYPE_p_tuoyu_policy policy) {
        super(pointer, raw::tuoyu_budget_free, policy);
    }

    private synchronized Void addAlone(SWIGTYPE_p_tuoyu_call call, SWIGTYPE_p_tuoyu_budget budget, byte[] id,
                                       SWIGTYPE_p_tuoyu_case facts) {
        raw.call_budget_add(call, budget, id, facts);
        return null;
    }

    /**
     * Adds a claim.
     *
     * @throws TuoyuException for a claim with an error: it is listed as one, and the budget goes on; and for a
     *     second claim of an id: with the same facts the two are one claim, else none of them is paid
     */
    public void add(String id, Case claim) {
        byte[] bytes = Call.bytes("id", id);
        ask(claim, (call, budget, facts) -> addAlone(call, budget, bytes, facts));
    }

    /**
     * As above with facts as for {@link Policy#newCase(Map)}; a claim with facts that cannot be read is listed as an
     * error, too.
     */
    public void add(String id, Map<String, ?> claim) {
        byte[] bytes = Call.bytes("id", id);
        ask(claim, (call, budget, facts) -> addAlone(call, budget, bytes, facts),
            (budget, exception) -> addUnreadable(budget, bytes, exception.code()));
    }

    /**
     * Lists a record that is no row and so no claim, so that it does not vanish: in error, with the status
     * TUOYU_ERROR_SYNTAX, and the payout is not final.
     *
     * @param id what there is of one, or ""
     * @throws TuoyuException where there is a claim of that id, which is not paid then
     */
    public synchronized void addUnreadable(String id) {
        byte[] bytes = Call.bytes("id", id);
        ask((call, budget) -> {
            raw.call_budget_add_unreadable(call, budget, bytes, raw.TUOYU_ERROR_SYNTAX);
            return null;
        });
    }

    /** Its status is not asked: where another claim has the id, neither is paid. */
    private synchronized void addUnreadable(SWIGTYPE_p_tuoyu_budget budget, byte[] id, int code) {
        raw.call_budget_add_unreadable(Call.current().pointer, budget, id, code);
    }

    /**
     * Goes on from an earlier payout, whose {@link Answer#receipt()} this is, before claims are added: what it paid
     * under an id is not paid again, what it paid beyond what is due is told ({@link Claim#clawBack()}), and the budget
     * goes on from what it left. What it says of single claims is proven by repeating that payout only.
     *
     * @throws TuoyuException for a receipt of another rule, another budget or a later day, or one whose sums do not
     *     agree
     */
    public synchronized void follow(String receipt) {
        byte[] bytes = Call.bytes("receipt", receipt);
        ask((call, budget) -> {
            raw.call_budget_follow(call, budget, bytes);
            return null;
        });
    }

    /** Who is paid of the claims so far; more may be added afterwards. */
    public synchronized Payout pay() {
        return new Payout(ask(raw::call_budget_pay));
    }
}
