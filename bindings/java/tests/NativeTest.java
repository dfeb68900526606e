// SPDX-License-Identifier: Apache-2.0
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The native side as a whole: how its library is loaded, and what becomes of its memory. */
class NativeTest extends Misuse {
    @Test
    void closedMemoryComesBack() throws Exception {
        inChild("closedMemoryComesBack");
    }

    @Test
    void keptHandlesAskTheCollectorSeldom() throws Exception {
        inChild("keptHandlesAskTheCollectorSeldom", "-Xmx1g", "-XX:+UseSerialGC");
    }

    /** Unpacks the library to a file system that holds no programs; needs the right to mount one. */
    @Test
    void aFolderThatHoldsNoProgramsIsTold() throws Exception {
        Path folder = Files.createTempDirectory("noexec");
        String mount = "mount -t tmpfs -o noexec tmpfs " + folder + " && ";
        String java = Path.of(System.getProperty("java.home"), "bin", "java") + " -Dtuoyu.root=" + Sample.ROOT
            + " -cp '" + System.getProperty("java.class.path") + "' -Djava.io.tmpdir=" + folder + " ";
        assumeTrue(run("unshare", "-rm", "sh", "-c", mount + "true").startsWith("0 "), "no right to mount");
        String said = run("unshare", "-rm", "sh", "-c", mount + java + "MisuseChild tallyBytesForged");
        assertTrue(said.startsWith("1 "), said);
        for (String piece : List.of("cannot be loaded from there", "-Dtuoyu.tmpdir=", "-Djava.io.tmpdir=",
                "noexec", folder.toString())) {
            assertTrue(said.contains(piece), said);
        }
        Path other = folder.resolve("programs/here");
        said = run("sh", "-c", java + "-Dtuoyu.tmpdir=" + other + " MisuseChild tallyBytesForged");
        assertTrue(said.startsWith("0 "), said);
        Files.delete(other);
        Files.delete(other.getParent());
        said = run("sh", "-c", java + "-Dtuoyu.tmpdir=/proc/none MisuseChild tallyBytesForged");
        assertTrue(said.startsWith("1 ") && said.contains("cannot be unpacked; set -Dtuoyu.tmpdir="), said);
        said = run("sh", "-c", java + "-Dtuoyu.library=/proc/none MisuseChild tallyBytesForged");
        assertTrue(said.startsWith("1 ") && said.contains("/proc/none"), said);
        Files.delete(folder);
    }
}
