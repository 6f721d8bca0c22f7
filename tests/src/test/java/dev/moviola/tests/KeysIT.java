package dev.moviola.tests;

import static dev.moviola.tests.CommandLine.jbang;
import static dev.moviola.tests.CommandLineAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.moviola.rehearsal.ClipSource;
import dev.moviola.rehearsal.XaiStandIn;
import dev.moviola.rehearsal.XaiStandInOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with a key and with the money that it can spend. */
class KeysIT {
    private static final String KEY = "xai-0123456789SECRETsecret";

    @TempDir
    private Path folder;

    @Test
    void nothingIsSpentWithoutConsentAndTheKeyIsNowhereAfterwards() throws IOException {
        keep("rw-------");
        Generator.in(folder);
        try (XaiStandIn service = XaiStandIn.start(XaiStandInOptions.of(ClipSource.of(folder.resolve("clip.mp4")))
                .withRate(Double.POSITIVE_INFINITY, true)
                .withKeys(Set.of(KEY)))) {
            CommandLineResult asked =
                    campaign("--total 4 --poll 0.1", service.base().toString());
            assertThat(asked)
                    .exitedWith(2)
                    .errContains("4 submissions, listed price $0.20 ($0.05 each), at 1 a second at least 3 s to submit")
                    .errContains("add --yes")
                    .outIsEmpty();
            assertThat(service.submits()).isZero();

            try (RunningCommand terminal = RunningCommand.onTerminal("resume", folder, Map.of())) {
                terminal.await("the question", () -> terminal.out().contains("Submit 4 for $0.20? [y/N]"));
                terminal.type("n");
                assertThat(terminal.result()).exitedWith(3).outContains("nothing was submitted");
            }
            assertThat(service.submits()).isZero();

            CommandLineResult agreed = jbang(folder, "resume --yes --json");
            JsonNode json = assertThat(agreed).exitedWith(0).json();
            assertThat(service.submits()).isEqualTo(4);
            assertThat(json.get("paid").asInt()).isEqualTo(4);
            assertThat(json.at("/spend/dollars").asDouble()).isEqualTo(0.2);
            assertThat(asked.err() + agreed.err()).doesNotContain("warning");
            keyIsOnlyInItsFile(
                    asked, agreed, jbang(folder, "status"), jbang(folder, "doctor"), jbang(folder, "report --json"));
        }
    }

    @Test
    void theKeyIsNowhereAfterFailuresThatRepeatIt() throws IOException {
        keep("rw-------");
        Iterator<Integer> failures = List.of(400, 500, 429, 401).iterator();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            byte[] body = ("{\"code\":\"bad\",\"error\":\"no good: " + authorization + " of " + KEY + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Retry-After", "0");
            exchange.sendResponseHeaders(failures.hasNext() ? failures.next() : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            CommandLineResult campaign = campaign(
                    "--yes --debug --total 4",
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/v1");

            assertThat(campaign)
                    .exitedWith(3)
                    .errContains("dispatched 0 done, ")
                    .errContains("AUTH=1");
            keyIsOnlyInItsFile(campaign, jbang(folder, "status"), jbang(folder, "status --json"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aKeyFileThatOthersCanReadIsWarnedOf() throws IOException {
        keep("rw-r--r--");

        assertThat(jbang(folder, "doctor")).exitedWith(0).outContains("chmod 600");
        assertThat(campaign("--total 1", "http://127.0.0.1:9/v1")).exitedWith(2).errContains("warning: ");
    }

    @Test
    void withoutAKeyNothingBegins() {
        assertThat(campaign("--yes --total 1", "http://127.0.0.1:9/v1"))
                .exitedWith(3)
                .errContains("XAI_API_KEY is set neither in the environment nor in")
                .errContains("doctor --set-key");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aKeyIsNotSentInTheClear() throws IOException {
        keep("rw-------");

        assertThat(campaign("--yes --total 1", "http://example.org/v1"))
                .exitedWith(2)
                .errContains("must be https, or http on this machine");
    }

    @Test
    void aKeyIsAskedForWithoutEchoAndKeptForItsOwnerAlone() throws IOException {
        Files.writeString(folder.resolve(".env"), "OTHER=stays\n");
        try (RunningCommand terminal = RunningCommand.onTerminal("doctor --set-key", folder, Map.of())) {
            terminal.await("the question", () -> terminal.out().contains("XAI_API_KEY (it will not be shown): "));
            terminal.type(KEY);
            CommandLineResult doctor = terminal.result();

            assertThat(doctor).exitedWith(0).outContains("XAI_API_KEY is kept in ");
            assertThat(doctor.out()).doesNotContain(KEY);
        }
        Path env = folder.resolve(".env");
        assertThat(Files.readString(env)).contains("OTHER=stays\n").contains(KEY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
                .isEqualTo("rw-------");
    }

    private CommandLineResult campaign(String words, String service) {
        return jbang(folder, "campaign --backend xai --duration 1 " + words + " --base-url " + service);
    }

    private void keep(String permissions) throws IOException {
        Path env = Files.writeString(folder.resolve(".env"), "XAI_API_KEY=" + KEY + "\n");
        Files.setPosixFilePermissions(env, PosixFilePermissions.fromString(permissions));
    }

    /** The key is in its own file, and in no other and nothing that was printed. */
    private void keyIsOnlyInItsFile(CommandLineResult... results) throws IOException {
        for (CommandLineResult result : results) {
            assertThat(result.out() + result.err()).doesNotContain("SECRET");
        }
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).filter(KeysIT::holdsTheKey))
                    .containsExactly(folder.resolve(".env"));
        }
    }

    private static boolean holdsTheKey(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains("SECRET");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
