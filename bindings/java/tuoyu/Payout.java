// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tuoyu.raw.SWIGTYPE_p_tuoyu_payout;
import tuoyu.raw.raw;
import tuoyu.raw.rawConstants;

/**
 * Who is paid from a budget; numbers stand in {@link #unit()}. UNDETERMINED while claims are open or in error: they take
 * nothing, but might come before others once they are known.
 */
public final class Payout extends Answer<SWIGTYPE_p_tuoyu_payout> {
    Payout(SWIGTYPE_p_tuoyu_payout pointer) {
        super(pointer, raw::tuoyu_payout_free, raw::tuoyu_payout_answer);
    }

    private BigDecimal number(int which) {
        return use(payout -> Call.number(raw.call_payout_number(Call.current().pointer, payout, which)));
    }

    /** What there was to pay from; null where it is not known, as the next three. */
    public BigDecimal budget() {
        return number(rawConstants.PAYOUT_BUDGET);
    }

    public BigDecimal paid() {
        return number(rawConstants.PAYOUT_PAID);
    }

    public BigDecimal left() {
        return number(rawConstants.PAYOUT_LEFT);
    }

    /** What was claimed and is not paid. */
    public BigDecimal unpaid() {
        return number(rawConstants.PAYOUT_UNPAID);
    }

    /** By how much more was used of the budget than there is: nothing is paid while it is above 0. */
    public BigDecimal overspent() {
        return number(rawConstants.PAYOUT_OVERSPENT);
    }

    /** What was used of the budget before this payout. */
    public BigDecimal used() {
        return number(rawConstants.PAYOUT_USED);
    }

    /** What was paid too much, of all claims together. */
    public BigDecimal clawBack() {
        return number(rawConstants.PAYOUT_CLAW_BACK);
    }

    /** What the claims split, of all together whose split is determined. */
    public BigDecimal whole() {
        return number(rawConstants.PAYOUT_WHOLE);
    }

    /** The share of each payer in {@link #whole()}, in the order of the rule. */
    public Map<String, BigDecimal> payers() {
        return use(payout -> {
            Map<String, BigDecimal> shares = new LinkedHashMap<>();
            for (long index = 0; index < raw.tuoyu_payout_payer_count(payout); index++)
                shares.put(Call.text(raw.tuoyu_payout_payer_id(payout, index)),
                    Call.number(raw.call_payout_payer_share(Call.current().pointer, payout, index)));
            return shares;
        });
    }

    /** How many claims have a state. */
    public long count(Claim.State state) {
        return use(payout -> raw.tuoyu_payout_state_count(payout, state.ordinal()));
    }

    /** What the claims of a state claim together. */
    public BigDecimal claimed(Claim.State state) {
        return use(payout -> Call.number(raw.call_payout_state_claimed(Call.current().pointer, payout, state.ordinal())));
    }

    /** What the claims of a state are paid together. */
    public BigDecimal paid(Claim.State state) {
        return use(payout -> Call.number(raw.call_payout_state_paid(Call.current().pointer, payout, state.ordinal())));
    }

    public String unit() {
        return use(payout -> Call.text(raw.tuoyu_payout_unit(payout)));
    }

    private static Claim claim(SWIGTYPE_p_tuoyu_payout payout, long index) {
        int code = raw.tuoyu_payout_claim_code(payout, index);
        return new Claim(Call.text(raw.tuoyu_payout_claim_id(payout, index)),
            Call.number(raw.call_payout_claim_claimed(Call.current().pointer, payout, index)),
            Call.number(raw.call_payout_claim_paid(Call.current().pointer, payout, index)),
            Claim.State.values()[raw.tuoyu_payout_claim_state(payout, index)],
            code == 0 ? null : Call.text(raw.tuoyu_status_name(code)),
            Indicator.untilNull(i -> raw.tuoyu_payout_claim_missing(payout, index, i)),
            raw.tuoyu_payout_claim_duplicates(payout, index), raw.tuoyu_payout_claim_is_final(payout, index),
            Call.number(raw.call_payout_claim_paid_before(Call.current().pointer, payout, index)),
            Call.number(raw.call_payout_claim_claw_back(Call.current().pointer, payout, index)));
    }

    /** Those that something is due to in the order in which they are paid; then the others as they were added. */
    public List<Claim> claims() {
        return use(payout -> list(raw.tuoyu_payout_claim_count(payout), index -> claim(payout, index)));
    }
}
