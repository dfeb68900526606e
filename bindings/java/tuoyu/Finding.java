// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.io.Serializable;

/**
 * One thing that was found wrong. Line and column count from 1; 0 where no place is known.
 *
 * @param code the status, see status.h
 * @param severity 0 error, 1 warning, 2 note
 * @param source what the text was called when it was given
 * @param line from 1
 * @param column from 1, in characters
 * @param message one line
 * @param hint what to do, or empty
 * @param id that of the message, the same in each language; empty where it was found before any native call
 */
public record Finding(int code, int severity, String source, int line, int column, String message, String hint,
                      String id)
    implements Serializable {}
