// SPDX-License-Identifier: Apache-2.0
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;
import tuoyu.TuoyuException;

/** What the tests of misuses share. */
abstract class Misuse {
    static final LocalDate DAY = Sample.DAY;
    static final Map<String, Object> CHILD = Sample.CHILD;
    static final Map<String, Object> STAFF = Sample.STAFF;
    /** Ends with half of the pair that is 𠮷. */
    static final String HALF = "甲\uD842";

    static void assertClosed(String handle, Executable call) {
        IllegalStateException caught = assertThrows(IllegalStateException.class, call);
        assertEquals("this " + handle + " is closed", caught.getMessage());
    }

    static void assertNull(String argument, Executable call) {
        NullPointerException caught = assertThrows(NullPointerException.class, call);
        assertEquals(argument, caught.getMessage());
    }

    /** status: without TUOYU_ERROR_ before it; piece: what the message tells, too. */
    static TuoyuException assertError(String status, String piece, Executable call) {
        TuoyuException caught = assertThrows(TuoyuException.class, call);
        assertEquals("TUOYU_ERROR_" + status, caught.status(), caught.getMessage());
        assertTrue(caught.getMessage().contains(piece), caught.getMessage());
        assertFalse(caught.findings().isEmpty());
        return caught;
    }

    static Map<String, Object> with(String name, Object value) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(name, value);
        return facts;
    }

    /** Runs a method of MisuseChild in a virtual machine of its own, which must end with 0. */
    static void inChild(String misuse, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
            .toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-Dtuoyu.root=" + Sample.ROOT, "-cp", System.getProperty("java.class.path"),
            "MisuseChild", misuse));
        String said = run(command.toArray(String[]::new));
        assertTrue(said.startsWith("0 ") && said.endsWith(misuse + " is over\n"), said);
    }

    /** The exit status and what was said. */
    static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }
}
