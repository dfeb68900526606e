// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.lang.ref.Cleaner;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tuoyu.raw.SWIGTYPE_p_tuoyu_call;
import tuoyu.raw.raw;
import tuoyu.raw.rawConstants;

/** Status and diagnostics of the last native call; each thread has its own. */
final class Call {
    static final Cleaner CLEANER = Cleaner.create();

    static {
        NativeLibrary.load();
    }

    private static final ThreadLocal<Call> CURRENT = ThreadLocal.withInitial(Call::new);

    final SWIGTYPE_p_tuoyu_call pointer;

    private Call() {
        SWIGTYPE_p_tuoyu_call made = raw.call_new();
        if (made == null) {
            throw new OutOfMemoryError("tuoyu");
        }
        pointer = made;
        CLEANER.register(this, () -> raw.call_free(made));
    }

    static Call current() {
        return CURRENT.get();
    }

    /** Throws what the last call reported. */
    void check() {
        check(null);
    }

    /** Throws what the last call reported; otherwise: what it then says where it reported a status alone. */
    void check(String otherwise) {
        int status = raw.call_status(pointer);
        if (status == 0) {
            return;
        }
        if (status == rawConstants.TUOYU_ERROR_NO_MEMORY) {
            throw new OutOfMemoryError("tuoyu");
        }
        List<Finding> findings = findings();
        if (findings.isEmpty() && otherwise != null) {
            throw error(status, otherwise);
        }
        throw new TuoyuException(status, name(status), findings, text(raw.call_findings_text(pointer)));
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (long i = 0; i < raw.call_finding_count(pointer); i++) {
            findings.add(new Finding(raw.call_finding_code(pointer, i), raw.call_finding_severity(pointer, i),
                text(raw.call_finding_source(pointer, i)), raw.call_finding_line(pointer, i),
                raw.call_finding_column(pointer, i), text(raw.call_finding_message(pointer, i)),
                text(raw.call_finding_hint(pointer, i)), text(raw.call_finding_id(pointer, i))));
        }
        return findings;
    }

    private static String name(int status) {
        return text(raw.tuoyu_status_name(status));
    }

    /** An error that is found before any native call. */
    static TuoyuException error(int status, String message) {
        Finding finding = new Finding(status, 0, "", 0, 0, message, "", "");
        return new TuoyuException(status, name(status), List.of(finding), message);
    }

    // ---- What goes in ----

    /**
     * UTF-8, with its characters beyond the BMP intact.
     *
     * @param what the argument's name, for the message
     * @throws IllegalArgumentException for half of a surrogate pair, which is no character: it would become `?`,
     *     and two texts one
     */
    static byte[] bytes(String what, String text) {
        Objects.requireNonNull(text, what);
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (!Character.isSurrogate(unit)) {
                continue;
            }
            boolean isPair = Character.isHighSurrogate(unit) && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
            if (!isPair) {
                throw new IllegalArgumentException(what + " holds half of a surrogate pair, U+"
                    + Integer.toHexString(unit).toUpperCase(Locale.ROOT) + ", at index " + i);
            }
            i++;
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The same text, where it is "zh" or "en". */
    static String language(String language) {
        Objects.requireNonNull(language, "language");
        if (!language.equals("zh") && !language.equals("en")) {
            throw error(rawConstants.TUOYU_ERROR_INVALID_ARGUMENT,
                "the language is \"" + language + "\"; give \"zh\" or \"en\"");
        }
        return language;
    }

    /**
     * Days since 1970-01-01.
     *
     * @param what the argument's or the fact's name, for the message
     */
    static int days(String what, LocalDate date) {
        Objects.requireNonNull(date, what);
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw error(rawConstants.TUOYU_ERROR_DATE,
                what + " is " + date + ", outside the years 0001 to 9999");
        }
        return Math.toIntExact(date.toEpochDay());
    }

    // ---- What comes out ----

    /** null stays null. */
    static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** null stays null. */
    static BigDecimal number(byte[] bytes) {
        return bytes == null || bytes.length == 0 ? null : new BigDecimal(text(bytes));
    }
}
