// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Finds and loads the native library: the file named by the system property {@code tuoyu.library}, or the one
 * inside the jar, which is copied to {@code tuoyu.tmpdir} (default {@code java.io.tmpdir}; set it where that is
 * mounted noexec).
 */
final class NativeLibrary {
    private static final String ADVICE = "set -Dtuoyu.tmpdir= (or -Djava.io.tmpdir=) to a folder that may hold"
        + " programs (not mounted noexec), or name the library's file by -Dtuoyu.library=";

    static {
        String file = System.getProperty("tuoyu.library");
        if (file != null) {
            System.load(Path.of(file).toAbsolutePath().toString());
        } else {
            loadUnpacked(unpacked());
        }
    }

    private NativeLibrary() {}

    /** Loads it, once. */
    static void load() {}

    private static String resource() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return "native/" + system + "-" + machine + "/libtuoyujni.so";
    }

    private static void loadUnpacked(Path file) {
        try {
            System.load(file.toString());
        } catch (UnsatisfiedLinkError refused) {
            UnsatisfiedLinkError told = new UnsatisfiedLinkError("the native library was unpacked to " + file
                + ", but cannot be loaded from there; " + ADVICE + ". The machine says: "
                + refused.getMessage());
            told.initCause(refused);
            throw told;
        }
    }

    private static Path unpacked() {
        try (InputStream content = NativeLibrary.class.getResourceAsStream(resource())) {
            if (content == null) {
                throw new UnsatisfiedLinkError("this jar carries no " + resource()
                    + "; build it on this kind of machine, or name the library's file by -Dtuoyu.library=");
            }
            Path folder = Path.of(System.getProperty("tuoyu.tmpdir", System.getProperty("java.io.tmpdir")));
            Files.createDirectories(folder);
            Path file = Files.createTempFile(folder, "libtuoyujni-", ".so");
            file.toFile().deleteOnExit();
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            return file.toAbsolutePath();
        } catch (IOException failure) {
            throw new UnsatisfiedLinkError("the native library cannot be unpacked; " + ADVICE
                + ". The machine says: " + failure);
        }
    }
}
