// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;
import java.util.List;
import tuoyu.raw.SWIGTYPE_p_tuoyu_split;
import tuoyu.raw.raw;

/** Who pays what; the lines sum to the whole, to the fen. */
public final class Split extends Answer<SWIGTYPE_p_tuoyu_split> {
    Split(SWIGTYPE_p_tuoyu_split pointer) {
        super(pointer, raw::tuoyu_split_free, raw::tuoyu_split_answer);
    }

    /** In {@link #unit()}; null unless the outcome is DETERMINED. */
    public BigDecimal whole() {
        return use(split -> Call.number(raw.call_split_whole(Call.current().pointer, split)));
    }

    public String unit() {
        return use(split -> Call.text(raw.tuoyu_split_unit(split)));
    }

    /** The bound that decided the whole; null where its formula did. */
    public String binding() {
        return use(split -> Call.text(raw.tuoyu_split_binding(split)));
    }

    /** What the whole would be without bounds; null where it is not determined. */
    public BigDecimal beforeBounds() {
        return use(split -> Call.number(raw.call_split_before_bounds(Call.current().pointer, split)));
    }

    /** The subsidies that make up the whole; empty where the rule has none. */
    public List<Subsidy> subsidies() {
        return use(split -> list(raw.tuoyu_split_subsidy_count(split), i -> new Subsidy(
            Call.text(raw.tuoyu_split_subsidy_id(split, i)), Call.text(raw.tuoyu_split_subsidy_label(split, i, "zh")),
            Call.number(raw.call_split_subsidy_claimed(Call.current().pointer, split, i)),
            Call.number(raw.call_split_subsidy_amount(Call.current().pointer, split, i)),
            Subsidy.State.values()[raw.tuoyu_split_subsidy_state(split, i)],
            Call.text(raw.tuoyu_split_subsidy_combination(split, i)), Call.text(raw.tuoyu_split_subsidy_because(split, i, "zh")),
            Call.text(raw.tuoyu_split_subsidy_instead(split, i)))));
    }

    /** The parts in which the whole is paid; they sum to it, to the fen. */
    public List<Instalment> instalments() {
        return use(split -> list(raw.tuoyu_split_instalment_count(split), i -> new Instalment(
            Call.text(raw.tuoyu_split_instalment_id(split, i)), Call.text(raw.tuoyu_split_instalment_label(split, i, "zh")),
            Call.number(raw.call_split_instalment_amount(Call.current().pointer, split, i)),
            Instalment.State.values()[raw.tuoyu_split_instalment_state(split, i)])));
    }

    /** The instalments that are not forfeited; null where there are none, or it is not determined. */
    public BigDecimal entitled() {
        return use(split -> Call.number(raw.call_split_entitled(Call.current().pointer, split)));
    }

    /** What is to be paid now, after what was paid already; null likewise. */
    public BigDecimal payable() {
        return use(split -> Call.number(raw.call_split_payable(Call.current().pointer, split)));
    }

    /** What was paid beyond the entitlement; null likewise. */
    public BigDecimal clawBack() {
        return use(split -> Call.number(raw.call_split_claw_back(Call.current().pointer, split)));
    }

    public List<Line> lines() {
        return use(split -> list(raw.tuoyu_split_line_count(split), i -> new Line(
            Call.text(raw.tuoyu_split_line_payer(split, i)), Call.text(raw.tuoyu_split_line_label(split, i, "zh")),
            Call.number(raw.call_split_line_amount(Call.current().pointer, split, i)))));
    }
}
