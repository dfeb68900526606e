// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.temporal.TemporalAccessor;
import java.util.Calendar;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import tuoyu.raw.SWIGTYPE_p_tuoyu_call;
import tuoyu.raw.SWIGTYPE_p_tuoyu_case;
import tuoyu.raw.raw;

/** From Java's values to the native setters of a case. */
final class Facts {
    private static final int DEEPEST = 64;

    private Facts() {}

    /** Sets one fact of a native case. */
    interface Setter {
        void set(Call call, SWIGTYPE_p_tuoyu_case facts);
    }

    /** A setter's native call, which reports to the call object. */
    private interface Report {
        void run(SWIGTYPE_p_tuoyu_call call, SWIGTYPE_p_tuoyu_case facts);
    }

    private static Setter reported(Report report) {
        return (call, facts) -> {
            report.run(call.pointer, facts);
            call.check();
        };
    }

    private static byte[] name(String name) {
        return Call.bytes("a fact's name", name);
    }

    static Setter text(String name, String text) {
        byte[] fact = name(name), bytes = Call.bytes(name, text);
        return reported((call, facts) -> raw.call_case_set_text(call, facts, fact, bytes));
    }

    static Setter number(String name, BigDecimal number) {
        byte[] fact = name(name), digits = Call.bytes(name, Objects.requireNonNull(number, name).toString());
        return (call, facts) -> {
            raw.call_case_set_number(call.pointer, facts, fact, digits);
            call.check(name + " is " + number + ", which 34 digits and an exponent up to 6111 do not hold");
        };
    }

    static Setter truth(String name, boolean value) {
        byte[] fact = name(name);
        return reported((call, facts) -> raw.call_case_set_boolean(call, facts, fact, value));
    }

    static Setter day(String name, LocalDate date) {
        byte[] fact = name(name);
        int days = Call.days(name, date);
        return reported((call, facts) -> raw.call_case_set_date(call, facts, fact, days));
    }

    static Setter none(String name) {
        byte[] fact = name(name);
        return reported((call, facts) -> raw.call_case_set_none(call, facts, fact));
    }

    static Setter read(String source, String text) {
        byte[] from = Call.bytes("source", source), bytes = Call.bytes("text", text);
        return reported((call, facts) -> raw.call_case_read(call, facts, from, bytes));
    }

    /** For a value of any type; a name within the name of a map stands after a dot. */
    private static void each(String name, Object value, int depth, Consumer<Setter> sink) {
        if (!(value instanceof Map<?, ?> inner)) {
            sink.accept(setter(name, value));
            return;
        }
        if (depth == DEEPEST) {
            throw new IllegalArgumentException("maps stand within maps more than " + DEEPEST + " deep");
        }
        inner.forEach((key, part) -> each(name + "." + nameOf(key), part, depth + 1, sink));
    }

    /** Gives the sink a setter for each fact, one after the other. */
    static void each(Map<String, ?> values, Consumer<Setter> sink) {
        Objects.requireNonNull(values, "facts");
        values.forEach((name, value) -> each(nameOf(name), value, 1, sink));
    }

    /** The same facts, with the entity's name before those that name none: "staff.certified" for "certified". */
    static Map<String, Object> of(String entity, Map<String, ?> row) {
        Map<String, Object> named = new LinkedHashMap<>();
        Objects.requireNonNull(row, "facts").forEach((key, value) -> {
            String name = nameOf(key);
            named.put(name.contains(".") ? name : entity + "." + name, value);
        });
        return named;
    }

    /** A map may hold keys of any type, whatever it was declared as. */
    private static String nameOf(Object key) {
        Objects.requireNonNull(key, "a fact's name");
        if (key instanceof String name) {
            return name;
        }
        throw new IllegalArgumentException("a fact's name is a " + kind(key) + "; give a String");
    }

    private static Setter setter(String name, Object value) {
        if (value == null) {
            return none(name);
        }
        if (value instanceof Boolean truth) {
            return truth(name, truth);
        }
        if (value instanceof LocalDate date) {
            return day(name, date);
        }
        if (value instanceof BigDecimal number) {
            return number(name, number);
        }
        if (value instanceof BigInteger number) {
            return number(name, new BigDecimal(number));
        }
        boolean isInteger = value instanceof Integer || value instanceof Long || value instanceof Short
            || value instanceof Byte;
        if (isInteger) {
            return number(name, BigDecimal.valueOf(((Number) value).longValue()));
        }
        if (value instanceof CharSequence text) {
            return text(name, text.toString());
        }
        throw new IllegalArgumentException(name + " is " + value + ", a " + kind(value) + reason(value)
            + "; give a BigDecimal, an integer, a LocalDate, a Boolean or text");
    }

    private static String kind(Object value) {
        return value.getClass().getSimpleName();
    }

    private static String reason(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return ", which is not exact";
        }
        boolean isMoment = value instanceof TemporalAccessor || value instanceof Date
            || value instanceof Calendar;
        return isMoment ? ", which is no day" : "";
    }
}
