// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Finds and loads the native library: the file named by the system property {@code tuoyu.library}, or the one inside the
 * jar, which is copied to {@code tuoyu.tmpdir} (default {@code java.io.tmpdir}; set it where that is mounted noexec).
 */
final class NativeLibrary {
    static {
        String file = System.getProperty("tuoyu.library");
        System.load(file != null ? Path.of(file).toAbsolutePath().toString() : unpacked().toString());
    }

    private NativeLibrary() {}

    /** Loads it, once. */
    static void load() {}

    private static String resource() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return "native/" + system + "-" + machine + "/libtuoyujni.so";
    }

    private static Path unpacked() {
        try (InputStream content = NativeLibrary.class.getResourceAsStream(resource())) {
            if (content == null) {
                throw new UnsatisfiedLinkError("this jar carries no " + resource()
                    + "; build it on this kind of machine, or name the library's file by -Dtuoyu.library=");
            }
            Path folder = Path.of(System.getProperty("tuoyu.tmpdir", System.getProperty("java.io.tmpdir")));
            Path file = Files.createTempFile(folder, "libtuoyujni-", ".so");
            file.toFile().deleteOnExit();
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            return file.toAbsolutePath();
        } catch (IOException failure) {
            throw new UnsatisfiedLinkError("cannot unpack the native library (set -Dtuoyu.tmpdir= to a folder that may hold"
                + " programs): " + failure);
        }
    }
}
