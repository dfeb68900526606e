// SPDX-License-Identifier: Apache-2.0
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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

    /** A folder to write to on a file system that is mounted so that it holds no programs; null: there is none. */
    private static Path noexecFolder() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
            String[] words = line.split(" ");
            Path place = Path.of(words[1]);
            if (List.of(words[3].split(",")).contains("noexec") && Files.isDirectory(place)
                    && Files.isWritable(place) && List.of("tmpfs", "ext4", "xfs").contains(words[2])) {
                return Files.createTempDirectory(place, "noexec");
            }
        }
        return null;
    }

    private static void isTold(String said, Path folder) {
        assertTrue(said.startsWith("1 "), said);
        for (String piece : List.of("cannot be loaded from there", "-Dtuoyu.tmpdir=", "-Djava.io.tmpdir=",
                "noexec", folder.toString())) {
            assertTrue(said.contains(piece), said);
        }
    }

    /** Unpacks the library to a file system that holds no programs: one that is mounted for it, or one that is there. */
    @Test
    void aFolderThatHoldsNoProgramsIsTold() throws Exception {
        Path folder = Files.createTempDirectory("noexec");
        String mount = "mount -t tmpfs -o noexec tmpfs " + folder + " && ";
        String command = Path.of(System.getProperty("java.home"), "bin", "java") + " -Dtuoyu.root=" + Sample.ROOT
            + " -cp '" + System.getProperty("java.class.path") + "' -Djava.io.tmpdir=";
        String java = command + folder + " ";
        Path there = noexecFolder();
        if (run("unshare", "-rm", "sh", "-c", mount + "true").startsWith("0 ")) {
            isTold(run("unshare", "-rm", "sh", "-c", mount + java + "MisuseChild tallyBytesForged"), folder);
        } else if (there == null) {
            System.out.println("not tried here: a noexec folder, for which there is no right to mount");
        }
        if (there != null) {
            isTold(run("sh", "-c", command + there + " MisuseChild tallyBytesForged"), there);
            Files.delete(there);
        }
        Path other = folder.resolve("programs/here");
        String said = run("sh", "-c", java + "-Dtuoyu.tmpdir=" + other + " MisuseChild tallyBytesForged");
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
