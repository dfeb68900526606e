// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tuoyu.raw.SWIGTYPE_p_tuoyu_quote;
import tuoyu.raw.raw;

/** What may be charged. */
public final class Quote extends Answer<SWIGTYPE_p_tuoyu_quote> {
    Quote(SWIGTYPE_p_tuoyu_quote pointer) {
        super(pointer, raw::tuoyu_quote_free, raw::tuoyu_quote_answer);
    }

    /** In {@link #unit()}; null unless the outcome is DETERMINED. */
    public BigDecimal amount() {
        return use(quote -> Call.number(raw.call_quote_amount(Call.current().pointer, quote)));
    }

    public String unit() {
        return use(quote -> Call.text(raw.tuoyu_quote_unit(quote)));
    }

    /** Whether the charged fee complies; empty if none was given or the rule compares none. */
    public Optional<Boolean> complies() {
        int complies = use(raw::tuoyu_quote_complies);
        return complies < 0 ? Optional.empty() : Optional.of(complies == 1);
    }

    /** By how much the fee charged exceeds what may be charged; null where {@link #complies()} is empty. */
    public BigDecimal excess() {
        return use(quote -> Call.number(raw.call_quote_excess(Call.current().pointer, quote)));
    }

    /** By how much it falls short of what must be charged at least, likewise. */
    public BigDecimal shortfall() {
        return use(quote -> Call.number(raw.call_quote_shortfall(Call.current().pointer, quote)));
    }

    /** The bound that decided the amount; null where its formula did. */
    public String binding() {
        return use(quote -> Call.text(raw.tuoyu_quote_binding(quote)));
    }

    /** The tightest limit that the fee breaks: a bound, "amount", "at_most" or "at_least"; null where it breaks none. */
    public String breaks() {
        return use(quote -> Call.text(raw.tuoyu_quote_breaks(quote)));
    }

    public List<Step> steps() {
        return use(quote -> list(raw.tuoyu_quote_step_count(quote), i -> new Step(
            Call.text(raw.tuoyu_quote_step_id(quote, i)), Call.text(raw.tuoyu_quote_step_label(quote, i, "zh")),
            Call.number(raw.tuoyu_quote_step_value(quote, i)))));
    }
}
