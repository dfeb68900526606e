// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Function;
import tuoyu.raw.SWIGTYPE_p_tuoyu_case;
import tuoyu.raw.raw;

/**
 * One flat set of facts. Its calls wait for each other; use one for each thread.
 *
 * <p>Each setter throws TuoyuException for a fact that is not declared or a value that is not allowed, naming
 * it; IllegalArgumentException for half of a surrogate pair; NullPointerException for null.
 */
public final class Case extends Handle<SWIGTYPE_p_tuoyu_case> {
    Case(SWIGTYPE_p_tuoyu_case pointer) {
        super(pointer, raw::tuoyu_case_free);
    }

    synchronized <R> R useAlone(Function<SWIGTYPE_p_tuoyu_case, R> call) {
        return use(call);
    }

    private Case set(Facts.Setter setter) {
        Call call = Call.current();
        useAlone(facts -> {
            setter.set(call, facts);
            return null;
        });
        return this;
    }

    /** From text in the fact's declared type. */
    public Case set(String name, String text) {
        return set(Facts.text(name, text));
    }

    public Case set(String name, BigDecimal number) {
        return set(Facts.number(name, number));
    }

    public Case set(String name, long number) {
        return set(name, BigDecimal.valueOf(number));
    }

    public Case set(String name, boolean value) {
        return set(Facts.truth(name, value));
    }

    public Case set(String name, LocalDate date) {
        return set(Facts.day(name, date));
    }

    /** The fact is known not to exist (a nullable fact only): not the same as not given. */
    public Case setNone(String name) {
        return set(Facts.none(name));
    }

    /** Facts from YAML or JSON text; source is what errors call it. */
    public Case read(String source, String text) {
        return set(Facts.read(source, text));
    }

    /** Forgets all facts. */
    public Case clear() {
        return set((call, facts) -> raw.tuoyu_case_clear(facts));
    }

    /**
     * Sets several: {@code child.birth_date} or a map within the map for {@code child}.
     *
     * @throws TuoyuException for a fact that is wrong; those before it are set
     * @throws IllegalArgumentException for a value of a type that no fact has, such as a Double (not exact)
     */
    public Case setAll(Map<String, ?> values) {
        Facts.each(values, this::set);
        return this;
    }
}
