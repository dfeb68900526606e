// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An error of the library, with code and place. */
public final class TuoyuException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;
    private final String status;
    /** Of a class that goes along with the exception where it is serialised. */
    private final ArrayList<Finding> findings;

    TuoyuException(int code, String status, List<Finding> findings, String text) {
        super(text.isBlank() ? status : text.stripTrailing());
        this.code = code;
        this.status = status;
        this.findings = new ArrayList<>(findings);
    }

    /** The number of the status, see status.h. */
    public int code() {
        return code;
    }

    /** Its name, such as TUOYU_ERROR_SYNTAX. */
    public String status() {
        return status;
    }

    /** All that was found, in order. */
    public List<Finding> findings() {
        return findings == null ? List.of() : Collections.unmodifiableList(findings);
    }

    /** What the text of the first finding was called, or empty. */
    public String source() {
        return findings().isEmpty() ? "" : findings().get(0).source();
    }

    /** Line of the first finding, from 1; 0 where no place is known. */
    public int line() {
        return findings().isEmpty() ? 0 : findings().get(0).line();
    }

    /** Column of the first finding, from 1. */
    public int column() {
        return findings().isEmpty() ? 0 : findings().get(0).column();
    }
}
