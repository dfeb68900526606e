// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.time.LocalDate;
import java.util.Map;
import tuoyu.raw.SWIGTYPE_p_tuoyu_policy;
import tuoyu.raw.SWIGTYPE_p_tuoyu_pricing;
import tuoyu.raw.raw;

/** What may be charged? Immutable; threads may share it. It keeps its policy. */
public final class Pricing extends PolicyHandle<SWIGTYPE_p_tuoyu_pricing> {
    Pricing(SWIGTYPE_p_tuoyu_pricing pointer, SWIGTYPE_p_tuoyu_policy policy) {
        super(pointer, raw::tuoyu_pricing_unref, policy);
    }

    /** @throws TuoyuException where an error keeps the rule from answering; a missing fact is no error */
    public Quote quote(Case facts, LocalDate asOf) {
        int day = Call.days("asOf", asOf);
        return new Quote(ask(facts, (call, rule, given) -> raw.call_pricing_quote(call, rule, given, day)));
    }

    /** As above with facts as for {@link Policy#newCase(Map)}. */
    public Quote quote(Map<String, ?> facts, LocalDate asOf) {
        int day = Call.days("asOf", asOf);
        return new Quote(ask(facts, (call, rule, given) -> raw.call_pricing_quote(call, rule, given, day)));
    }
}
