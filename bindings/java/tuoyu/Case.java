// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Function;
import tuoyu.raw.SWIGTYPE_p_tuoyu_call;
import tuoyu.raw.SWIGTYPE_p_tuoyu_case;
import tuoyu.raw.raw;

/** One flat set of facts. Its calls wait for each other; use one for each thread. */
public final class Case extends Handle<SWIGTYPE_p_tuoyu_case> {
    Case(SWIGTYPE_p_tuoyu_case pointer) {
        super(pointer, raw::tuoyu_case_free);
    }

    synchronized <R> R useAlone(Function<SWIGTYPE_p_tuoyu_case, R> call) {
        return use(call);
    }

    /** What one setter does natively. */
    private interface Setter {
        void set(SWIGTYPE_p_tuoyu_call call, SWIGTYPE_p_tuoyu_case facts);
    }

    private Case set(Setter setter) {
        Call call = Call.current();
        useAlone(facts -> {
            setter.set(call.pointer, facts);
            return null;
        });
        call.check();
        return this;
    }

    /** From text in the fact's declared type. */
    public Case set(String name, String text) {
        return set((call, facts) -> raw.call_case_set_text(call, facts, Call.bytes(name), Call.bytes(text)));
    }

    public Case set(String name, BigDecimal number) {
        return set((call, facts) -> raw.call_case_set_number(call, facts, Call.bytes(name), Call.bytes(number.toString())));
    }

    public Case set(String name, long number) {
        return set(name, BigDecimal.valueOf(number));
    }

    public Case set(String name, boolean value) {
        return set((call, facts) -> raw.call_case_set_boolean(call, facts, Call.bytes(name), value));
    }

    public Case set(String name, LocalDate date) {
        return set((call, facts) -> raw.call_case_set_date(call, facts, Call.bytes(name), Call.days(date)));
    }

    /** The fact is known not to exist (a nullable fact only): not the same as not given. */
    public Case setNone(String name) {
        return set((call, facts) -> raw.call_case_set_none(call, facts, Call.bytes(name)));
    }

    /** Facts from YAML or JSON text; source is what errors call it. */
    public Case read(String source, String text) {
        return set((call, facts) -> raw.call_case_read(call, facts, Call.bytes(source), Call.bytes(text)));
    }

    /** Forgets all facts. */
    public Case clear() {
        return set((call, facts) -> raw.tuoyu_case_clear(facts));
    }

    /**
     * Sets several: {@code child.birth_date} or a map within the map for {@code child}.
     *
     * @throws TuoyuException for a fact that is wrong
     * @throws IllegalArgumentException for a value that is not exact, such as a Double
     */
    public Case setAll(Map<String, ?> values) {
        values.forEach((name, value) -> setAny(name, value));
        return this;
    }

    private void setAny(String name, Object value) {
        if (value == null) {
            setNone(name);
        } else if (value instanceof Map<?, ?> inner) {
            inner.forEach((key, part) -> setAny(name + "." + key, part));
        } else if (value instanceof Boolean truth) {
            set(name, truth.booleanValue());
        } else if (value instanceof LocalDate date) {
            set(name, date);
        } else if (value instanceof BigDecimal number) {
            set(name, number);
        } else if (value instanceof BigInteger number) {
            set(name, new BigDecimal(number));
        } else if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            set(name, ((Number) value).longValue());
        } else if (value instanceof CharSequence text) {
            set(name, text.toString());
        } else {
            throw new IllegalArgumentException(name + ": " + value.getClass().getSimpleName()
                + " is not exact; give a BigDecimal, an integer, a LocalDate, a Boolean or text");
        }
    }
}
