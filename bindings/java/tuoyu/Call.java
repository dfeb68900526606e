// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.lang.ref.Cleaner;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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
        int status = raw.call_status(pointer);
        if (status == 0) {
            return;
        }
        if (status == rawConstants.TUOYU_ERROR_NO_MEMORY) {
            throw new OutOfMemoryError("tuoyu");
        }
        List<Finding> findings = new ArrayList<>();
        for (long i = 0; i < raw.call_finding_count(pointer); i++) {
            findings.add(new Finding(raw.call_finding_code(pointer, i), raw.call_finding_severity(pointer, i),
                text(raw.call_finding_source(pointer, i)), raw.call_finding_line(pointer, i),
                raw.call_finding_column(pointer, i), text(raw.call_finding_message(pointer, i)),
                text(raw.call_finding_hint(pointer, i))));
        }
        throw new TuoyuException(status, text(raw.tuoyu_status_name(status)), findings, text(raw.call_findings_text(pointer)));
    }

    /** UTF-8, with its characters beyond the BMP intact. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** null stays null. */
    static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** null stays null. */
    static BigDecimal number(byte[] bytes) {
        return bytes == null || bytes.length == 0 ? null : new BigDecimal(text(bytes));
    }

    static int days(LocalDate date) {
        return Math.toIntExact(date.toEpochDay());
    }
}
