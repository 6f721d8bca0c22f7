package dev.moviola.video.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ScratchFolderTest {
    @TempDir
    private Path place;

    @Test
    void theFolderOfAProcessIsLeftAloneWhileItLivesAndRemovedByTheNextOneOnceItWasKilled() throws Exception {
        Process other = other();
        Path film = film(other);

        try (ScratchFolder mine = ScratchFolder.in(place)) {
            assertThat(film).hasContent("film");
            assertThat(mine.path()).isDirectory();
        }
        other.destroyForcibly().waitFor();
        assertThat(film).hasContent("film");
        try (ScratchFolder next = ScratchFolder.in(place)) {
            assertThat(place).isDirectoryNotContaining(entry -> !entry.equals(next.path()));
        }
    }

    @Test
    void closingRemovesTheFolderAndAllInIt() throws Exception {
        ScratchFolder folder = ScratchFolder.in(place);
        Files.createDirectories(folder.path().resolve("a/b"));
        Files.writeString(folder.path().resolve("a/b/film.mp4"), "film");

        folder.close();

        assertThat(place).isEmptyDirectory();
    }

    @Test
    void twoFoldersOfOneProcessDoNotTakeEachOther() throws Exception {
        try (ScratchFolder first = ScratchFolder.in(place);
                ScratchFolder second = ScratchFolder.in(place)) {
            assertThat(List.of(first.path(), second.path()))
                    .allSatisfy(path -> assertThat(path).isDirectory());
            Process other = other();
            film(other);
            other.destroyForcibly().waitFor();

            assertThat(first.path()).isDirectory();
        }
    }

    @Test
    void whatIsNotSurelyLeftOverIsKept() throws Exception {
        Path withoutLock = Files.createDirectory(place.resolve("moviola-scratch-1-1-a"));
        Path elsewhere = Files.createDirectory(place.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("lock"), "");
        Path linked = Files.createSymbolicLink(place.resolve("moviola-scratch-1-1-b"), elsewhere);
        Path linkedLock = Files.createDirectory(place.resolve("moviola-scratch-1-1-c"));
        Files.createSymbolicLink(linkedLock.resolve("lock"), elsewhere.resolve("lock"));

        ScratchFolder.in(place).close();

        assertThat(place).isDirectoryContaining(withoutLock::equals);
        assertThat(linked).isSymbolicLink();
        assertThat(linkedLock.resolve("lock")).isSymbolicLink();
        assertThat(elsewhere.resolve("lock")).exists();
    }

    @Test
    void aLinkInAFolderThatIsRemovedIsNotFollowed() throws Exception {
        Path kept = Files.createDirectory(place.resolve("kept"));
        Files.writeString(kept.resolve("film.mp4"), "film");
        ScratchFolder folder = ScratchFolder.in(place);
        Files.createSymbolicLink(folder.path().resolve("link"), kept);

        folder.close();

        assertThat(folder.path()).doesNotExist();
        assertThat(kept.resolve("film.mp4")).hasContent("film");
    }

    /** Makes a folder with a film in it, says where, and waits to be killed. */
    public static void main(String[] place) throws Exception {
        ScratchFolder folder = ScratchFolder.in(Path.of(place[0]));
        System.out.println(Files.writeString(folder.path().resolve("film.mp4"), "film"));
        Thread.sleep(60_000);
    }

    private Process other() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScratchFolderTest.class.getName(),
                        place.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Path film(Process of) throws Exception {
        BufferedReader said = new BufferedReader(new InputStreamReader(of.getInputStream(), StandardCharsets.UTF_8));
        return Path.of(said.readLine());
    }
}
