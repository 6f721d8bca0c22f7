package dev.moviola.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocol of the stand-in as another program sees it. */
class XaiStandInTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private Path clip = Path.of("");

    @BeforeEach
    void copyClip() throws IOException {
        clip = folder.resolve("tiny.mp4");
        try (InputStream in = XaiStandInTest.class.getResourceAsStream("tiny.mp4")) {
            Files.copy(in, clip);
        }
    }

    @Test
    void aRequestGoesFromPendingToDoneToBytes() throws Exception {
        try (XaiStandIn standIn = XaiStandIn.start(options().withPendingPolls(3))) {
            HttpResponse<String> taken = post(standIn, "/videos/generations", "{\"prompt\":\"a\",\"user\":\"me\"}");
            assertThat(taken.statusCode()).isEqualTo(200);
            String id = Parameters.parse(taken.body()).text("request_id");
            assertThat(UUID.fromString(id)).hasToString(id);
            List<Long> progress = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Parameters body = Parameters.parse(get(standIn, "/videos/" + id).body());
                assertThat(body.text("status")).isEqualTo("pending");
                progress.add(body.integer("progress"));
            }
            assertThat(progress).isSorted().doesNotHaveDuplicates();
            Parameters done = done(standIn, id);
            assertThat(done.object("video").integer("duration")).isEqualTo(8);
            assertThat(done.object("usage").integer("cost_in_usd_ticks")).isEqualTo(4_000_000_000L);
            HttpResponse<byte[]> bytes = http.send(
                    HttpRequest.newBuilder(URI.create(done.object("video").text("url")))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(bytes.body()).isEqualTo(Files.readAllBytes(clip));
            assertThat(bytes.headers().firstValue("content-type")).contains("video/mp4");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = (char) 0,
            value = {
                "/video/generate|{'prompt':'a'}|404",
                "/feedback|{'prompt':'a'}|404",
                "/videos/generations|{}|422",
                "/videos/generations|[]|422",
                "/videos/generations|{|400",
                "/videos/generations|{'prompt':1}|422",
                "/videos/generations|{'prompt':'a','model':'x'}|404",
                "/videos/generations|{'prompt':'a','duration':16}|400",
                "/videos/generations|{'prompt':'a','duration':'8'}|422",
                "/videos/generations|{'prompt':'a','resolution':'1080p'}|400",
                "/videos/generations|{'prompt':'a','aspect_ratio':'9:7'}|400",
                "/videos/generations|{'prompt':'a','last_frame':{'url':'x'}}|400",
                "/videos/generations|{'prompt':'a','image':{'url':'x'},'reference_images':[{'url':'x'}]}|400",
                "/videos/generations|{'prompt':'a','model':'grok-imagine-video-1.5-lite','reference_images':[{'url':'x'}]}|400",
                "/videos/generations|{'prompt':'a','model':'grok-imagine-video-1.5','keyframes':[1,2,3,4,5]}|400",
                "/videos/generations|{'image':{'url':'x'},'model':'grok-imagine-video-1.5'}|200",
                "/videos/edits|{'prompt':'a'}|422",
                "/videos/edits|{'prompt':'a','video':{'url':'x'},'model':'grok-imagine-video-1.5'}|400",
                "/videos/edits|{'prompt':'a','video':{'url':'x'}}|200",
                "/videos/extensions|{'prompt':'a','video':{'url':'x'},'duration':11}|400",
                "/videos/extensions|{'prompt':'a','video':{'url':'x'},'duration':10}|200"
            })
    void aRequestIsJudgedByTheRulesOfTheService(String path, String body, int status) throws Exception {
        try (XaiStandIn standIn = XaiStandIn.start(options())) {
            HttpResponse<String> response = post(standIn, path, body.replace('\'', '"'));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            if (status != 200) {
                Parameters flat = Parameters.parse(response.body());
                assertThat(flat.text("code")).isNotEmpty();
                assertThat(flat.text("error")).isNotEmpty();
                assertThat(standIn.accepted()).isEmpty();
            }
        }
    }

    @Test
    void keysAreChecked() throws Exception {
        try (XaiStandIn standIn = XaiStandIn.start(options().withKeys(Set.of("good")))) {
            String id = accept(standIn, "good", "a");
            assertThat(send(standIn, "GET", "/videos/" + id, "good", "").statusCode())
                    .isEqualTo(200);
            assertThat(send(standIn, "GET", "/videos/" + id, "bad", "").statusCode())
                    .isEqualTo(400);
            assertThat(send(standIn, "GET", "/videos/" + id, "", "").statusCode())
                    .isEqualTo(401);
            standIn.revoke("good");
            assertThat(send(standIn, "GET", "/videos/" + id, "good", "").statusCode())
                    .isEqualTo(401);
        }
        try (XaiStandIn standIn = XaiStandIn.start(options())) {
            String id = accept(standIn, "mine", "a");
            assertThat(send(standIn, "GET", "/videos/" + id, "another", "").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void eachKeyHasARateOfItsOwn() throws Exception {
        try (XaiStandIn standIn = XaiStandIn.start(options().withRate(0.001, true))) {
            accept(standIn, "one", "a");
            accept(standIn, "two", "a");
            HttpResponse<String> tooEarly = send(standIn, "POST", "/videos/generations", "one", "{\"prompt\":\"b\"}");
            assertThat(tooEarly.statusCode()).isEqualTo(429);
            assertThat(tooEarly.headers().firstValue("retry-after")).contains("1");
            assertThat(standIn.accepted()).hasSize(2);
            assertThat(standIn.submits()).isEqualTo(3);
        }
    }

    @Test
    void aThousandJobsCanBePendingAtATime() throws Exception {
        try (XaiStandIn standIn = XaiStandIn.start(options().withLatency(Duration.ofHours(1), Duration.ofHours(1)))) {
            List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                all.add(http.sendAsync(
                        request(standIn, "POST", "/videos/generations", "k", "{\"prompt\":\"" + i + "\"}"),
                        HttpResponse.BodyHandlers.ofString()));
                if (i % 50 == 49) {
                    CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]))
                            .get(60, TimeUnit.SECONDS);
                }
            }
            Set<String> ids = new HashSet<>();
            for (CompletableFuture<HttpResponse<String>> one : all) {
                ids.add(Parameters.parse(one.get().body()).text("request_id"));
            }
            assertThat(ids).hasSize(1000);
            assertThat(standIn.accepted())
                    .extracting(AcceptedRequest::requestId)
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(standIn.accepted())
                    .extracting(AcceptedRequest::number)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void equalRequestsGiveEqualSeedsOnlyWhereThatIsWanted() throws Exception {
        assertThat(seeds(true, 1)).hasSize(1);
        assertThat(seeds(true, 1)).isEqualTo(seeds(true, 1)).isNotEqualTo(seeds(true, 2));
        assertThat(seeds(false, 1)).hasSize(3);
    }

    @Test
    void theMakerOfClipsIsToldWhatIsWanted() throws Exception {
        Set<ClipRequest> wanted = ConcurrentHashMap.newKeySet();
        ClipSource source = (request, file) -> {
            wanted.add(request);
            return Files.copy(clip, file);
        };
        try (XaiStandIn standIn = XaiStandIn.start(options().withClips(source))) {
            String body = "{\"prompt\":\"a\",\"duration\":3,\"aspect_ratio\":\"9:16\",\"resolution\":\"720p\"}";
            String id = Parameters.parse(
                            post(standIn, "/videos/generations", body).body())
                    .text("request_id");
            done(standIn, id);
            assertThat(standIn.clipFile(id)).hasSameBinaryContentAs(clip);
            assertThat(wanted).singleElement().satisfies(request -> {
                assertThat(request.requestId()).isEqualTo(id);
                assertThat(request.width()).isEqualTo(720);
                assertThat(request.height()).isEqualTo(1280);
                assertThat(request.seconds()).isEqualTo(3);
                assertThat(request.take()).isEqualTo(new Take("a", request.seed(), 3, 606, 1080, 24));
                assertThat(request.model()).isEqualTo("grok-imagine-video");
            });
            String usual = accept(standIn, "k", "b");
            done(standIn, usual);
            assertThat(wanted).anySatisfy(request -> assertThat(request.width() + "x" + request.height())
                    .isEqualTo("854x480"));
        }
    }

    @Test
    void aClipThatCannotBeMadeFailsItsJob() throws Exception {
        ClipSource broken = (request, file) -> {
            throw new IOException("out of film");
        };
        try (XaiStandIn standIn = XaiStandIn.start(options().withClips(broken))) {
            Parameters end = done(standIn, accept(standIn, "k", "a"));
            assertThat(end.text("status")).isEqualTo("failed");
            assertThat(end.object("error").text("code")).isEqualTo("internal_error");
        }
    }

    @Test
    void theBooksOutliveTheStandIn() throws Exception {
        XaiStandInOptions kept = options().withDirectory(folder.resolve("kept"));
        String id;
        try (XaiStandIn standIn = XaiStandIn.start(kept)) {
            id = accept(standIn, "k", "a [[no-usage]]");
        }
        Files.writeString(
                folder.resolve("kept/accepted.jsonl"),
                "{\"number\":2,\"id\":",
                java.nio.file.StandardOpenOption.APPEND);
        try (XaiStandIn standIn = XaiStandIn.start(kept)) {
            assertThat(standIn.accepted()).singleElement().satisfies(entry -> assertThat(entry.requestId())
                    .isEqualTo(id));
            Parameters end = done(standIn, id);
            assertThat(end.text("status")).isEqualTo("done");
            assertThat(end.has("usage")).isFalse();
            accept(standIn, "k", "b");
        }
        try (XaiStandIn standIn = XaiStandIn.start(kept)) {
            assertThat(standIn.accepted()).extracting(AcceptedRequest::number).containsExactly(1, 2);
        }
    }

    @Test
    void aStandInRunsInAProcessOfItsOwnAndItsBooksCanBeRead() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        XaiStandIn.class.getName(),
                        "--clip",
                        clip.toString(),
                        "--fault",
                        "failed-internal-error=0",
                        "--seed",
                        "3",
                        "--latency",
                        "0",
                        "--rate",
                        "1000",
                        "--pending-polls",
                        "0",
                        "--port",
                        "0",
                        "--directory",
                        folder.resolve("own").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            URI base = URI.create(out.readLine().substring("base ".length()));
            HttpResponse<String> taken = http.send(
                    HttpRequest.newBuilder(URI.create(base + "/videos/generations"))
                            .header("Authorization", "Bearer k")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"a\",\"user\":\"u1\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            String id = Parameters.parse(taken.body()).text("request_id");
            String books = http.send(
                            HttpRequest.newBuilder(base.resolve("/_rehearsal/accepted"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            Parameters entry = Parameters.parse(books.substring(1, books.length() - 1));
            assertThat(entry.text("requestId")).isEqualTo(id);
            assertThat(entry.text("user")).isEqualTo("u1");
            assertThat(entry.text("outcome")).isEqualTo("done");
            assertThat(entry.integer("costTicks")).isEqualTo(4_000_000_000L);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aPageOfAnotherSiteCannotUseIt() throws Exception {
        try (XaiStandIn standIn = XaiStandIn.start(options());
                Socket socket = new Socket("127.0.0.1", standIn.base().getPort())) {
            socket.getOutputStream()
                    .write("GET /_rehearsal/accepted HTTP/1.1\r\nHost: evil.example\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                            .readLine())
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
        try (XaiStandIn standIn = XaiStandIn.start(options());
                Socket socket = new Socket("127.0.0.1", standIn.base().getPort())) {
            socket.getOutputStream()
                    .write("POST /v1/videos/edits HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413")
                    .contains("length limit exceeded");
        }
    }

    @Test
    void aPortThatIsTakenAndArgumentsThatAreWrongAreSaid() {
        try (XaiStandIn standIn = XaiStandIn.start(options())) {
            XaiStandInOptions same = options().withPort(standIn.base().getPort());
            assertThatThrownBy(() -> XaiStandIn.start(same))
                    .isInstanceOf(MoviolaException.class)
                    .hasMessageContaining("cannot listen on port " + same.port());
        }
        assertThatThrownBy(() -> XaiStandIn.main(new String[] {"--colour", "red"}))
                .hasMessageContaining("--colour");
        assertThatThrownBy(() -> XaiStandIn.main(new String[] {"--port"})).hasMessageContaining("needs a value");
        assertThatThrownBy(() -> XaiStandIn.main(new String[] {"--port", "x"})).hasMessageContaining("a number");
        assertThatThrownBy(() -> XaiStandIn.main(new String[] {"--fault", "x"})).hasMessageContaining("WORD=CHANCE");
        assertThatThrownBy(() -> options().withThreads(0)).hasMessageContaining("threads");
        assertThatThrownBy(() -> options().withRate(0, true)).hasMessageContaining("submitsPerSecond");
        assertThatThrownBy(() -> Faults.none().withChance(XaiFault.SLOW, 2)).hasMessageContaining("0..1");
    }

    private Set<Long> seeds(boolean repeatable, long seed) throws Exception {
        Set<Long> seeds = ConcurrentHashMap.newKeySet();
        ClipSource source = (request, file) -> {
            seeds.add(request.seed());
            return clip;
        };
        try (XaiStandIn standIn = XaiStandIn.start(options().withClips(source).withSeed(seed, repeatable))) {
            for (int i = 0; i < 3; i++) {
                done(standIn, accept(standIn, "k", "the same"));
            }
        }
        return Set.copyOf(seeds);
    }

    private XaiStandInOptions options() {
        return XaiStandInOptions.of(ClipSource.of(clip)).withRate(Double.POSITIVE_INFINITY, true);
    }

    private String accept(XaiStandIn standIn, String key, String prompt) throws Exception {
        HttpResponse<String> taken = send(
                standIn,
                "POST",
                "/videos/generations",
                key,
                Parameters.of("prompt", prompt).json());
        assertThat(taken.statusCode()).isEqualTo(200);
        return Parameters.parse(taken.body()).text("request_id");
    }

    private Parameters done(XaiStandIn standIn, String id) throws Exception {
        while (true) {
            Parameters body = Parameters.parse(get(standIn, "/videos/" + id).body());
            if (!body.text("status").equals("pending")) {
                return body;
            }
            Thread.sleep(5);
        }
    }

    private HttpResponse<String> get(XaiStandIn standIn, String path) throws Exception {
        return send(standIn, "GET", path, "k", "");
    }

    private HttpResponse<String> post(XaiStandIn standIn, String path, String body) throws Exception {
        return send(standIn, "POST", path, "k", body);
    }

    private HttpResponse<String> send(XaiStandIn standIn, String method, String path, String key, String body)
            throws Exception {
        return http.send(request(standIn, method, path, key, body), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(XaiStandIn standIn, String method, String path, String key, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(standIn.base() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return (key.isEmpty() ? request : request.header("Authorization", "Bearer " + key)).build();
    }
}
