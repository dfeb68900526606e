// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.time.LocalDate;
import java.util.Map;
import tuoyu.raw.SWIGTYPE_p_tuoyu_pricing;
import tuoyu.raw.SWIGTYPE_p_tuoyu_quote;
import tuoyu.raw.raw;

/** What may be charged? Immutable; threads may share it. */
public final class Pricing extends Handle<SWIGTYPE_p_tuoyu_pricing> {
    private final Policy policy;

    Pricing(Policy policy, SWIGTYPE_p_tuoyu_pricing pointer) {
        super(pointer, raw::tuoyu_pricing_unref);
        this.policy = policy;
    }

    /** @throws TuoyuException where an error keeps the rule from answering; a missing fact is no error */
    public Quote quote(Case facts, LocalDate asOf) {
        Call call = Call.current();
        SWIGTYPE_p_tuoyu_quote answer = use(rule -> facts.useAlone(
            pointer -> raw.call_pricing_quote(call.pointer, rule, pointer, Call.days(asOf))));
        call.check();
        return new Quote(answer);
    }

    /** As above with facts as for {@link Policy#newCase(Map)}. */
    public Quote quote(Map<String, ?> facts, LocalDate asOf) {
        try (Case made = policy.newCase(facts)) {
            return quote(made, asOf);
        }
    }
}
