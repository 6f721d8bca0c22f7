package dev.moviola.xai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.backend.ApiKey;
import dev.moviola.ledger.Parameters;
import dev.moviola.rehearsal.internal.http.HttpReply;
import dev.moviola.rehearsal.internal.http.HttpRequest;
import dev.moviola.rehearsal.internal.http.LoopbackServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XaiClientTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<HttpRequest> seen = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @Test
    void aRequestCarriesTheKeyAndTheBodyAsItIs() throws Exception {
        XaiClient client = client(request -> HttpReply.json(200, "{\"request_id\":\"1\"}"));
        Parameters body = Parameters.of("prompt", "<b>\n\"samurai\" \uD83E\uDD96");
        assertThat(client.generate(body).get(10, TimeUnit.SECONDS))
                .isEqualTo(new XaiReply.Answered(200, "{\"request_id\":\"1\"}", null));
        client.edit(body).get(10, TimeUnit.SECONDS);
        client.extend(body).get(10, TimeUnit.SECONDS);
        client.status("1-a").get(10, TimeUnit.SECONDS);
        assertThat(seen)
                .extracting(request -> request.method() + " " + request.path())
                .containsExactly(
                        "POST /v1/videos/generations",
                        "POST /v1/videos/edits",
                        "POST /v1/videos/extensions",
                        "GET /v1/videos/1-a");
        assertThat(seen).allSatisfy(request -> assertThat(request.header("authorization"))
                .isEqualTo("Bearer " + Bench.KEY));
        assertThat(Parameters.parse(new String(seen.get(0).body(), java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({"503", "408", "421", "307", "308", "302", "401"})
    void aSubmitIsNeverSentTwice(int status) throws Exception {
        XaiClient client = client(request -> HttpReply.with(
                HttpReply.with(
                        HttpReply.with(HttpReply.json(status, "{}"), "Retry-After", "0"),
                        "Location",
                        "/v1/videos/generations"),
                "WWW-Authenticate",
                "Basic realm=\"x\""));
        XaiReply reply = client.generate(Parameters.of("prompt", "a")).get(10, TimeUnit.SECONDS);
        assertThat(reply).isEqualTo(new XaiReply.Answered(status, "{}", Duration.ZERO));
        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"7|7", "0|0", "-1|", "soon|", "99999999|3600", "Wed, 21 Oct 2015 07:28:00 GMT|0"})
    void aWishToWaitIsReadWithinReason(String header, Long seconds) throws Exception {
        XaiClient client = client(request -> HttpReply.with(HttpReply.json(429, "{}"), "Retry-After", header));
        XaiReply.Answered reply = (XaiReply.Answered) client.status("1").get(10, TimeUnit.SECONDS);
        assertThat(reply.retryAfter()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }

    @Test
    void aServiceThatSaysNothingIsGivenUp() throws Exception {
        client(request -> new HttpReply.Silence(Duration.ofMinutes(1)));
        Duration wait = Duration.ofMillis(500);
        XaiClient client = XaiClient.create(
                ApiKey.of(Bench.KEY),
                XaiOptions.standard()
                        .withBase(URI.create(base))
                        .withTimeouts(wait.multipliedBy(20), wait, wait.multipliedBy(40), wait));
        opened.add(client);
        assertThat(client.generate(Parameters.none()).get(20, TimeUnit.SECONDS)).isInstanceOf(XaiReply.Lost.class);
        assertThat(client.status("1").get(20, TimeUnit.SECONDS)).isInstanceOf(XaiReply.Lost.class);
    }

    @Test
    void aKeyThatTheServiceEchoesIsRemoved() throws Exception {
        XaiClient client = client(request -> HttpReply.json(400, "{\"error\":\"bad " + Bench.KEY + "\"}"));
        assertThat(client.status("1").get(10, TimeUnit.SECONDS).toString())
                .contains("bad (key)")
                .doesNotContain(Bench.KEY);
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        XaiClient client = client(request -> new HttpReply.Body(200, Map.of(), new byte[3 << 20]));
        XaiReply.Answered reply = (XaiReply.Answered) client.status("1").get(10, TimeUnit.SECONDS);
        assertThat(reply.body()).hasSize(1 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../../secrets", "a/b", "a b", "a?b"})
    void anIdThatIsNoIdIsNotAskedFor(String id) {
        XaiClient client = client(request -> HttpReply.json(200, "{}"));
        assertThatThrownBy(() -> client.status(id))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("request id");
    }

    @Test
    void theKeyGoesToTheOriginOfTheServiceOnly() throws Exception {
        LoopbackServer elsewhere = server(request -> HttpReply.json(200, "clip"));
        XaiClient client = client(request -> request.path().equals("/v1/here")
                ? HttpReply.json(200, "clip")
                : new HttpReply.Body(
                        302, Map.of("Location", "http://127.0.0.1:" + elsewhere.port() + "/x"), new byte[0]));
        assertThat(download(client, base() + "/here")).isInstanceOf(XaiDownload.Complete.class);
        assertThat(download(client, base() + "/elsewhere")).isInstanceOf(XaiDownload.Complete.class);
        assertThat(seen)
                .extracting(request -> request.path() + " " + request.headers().containsKey("authorization"))
                .containsExactly("/v1/here true", "/v1/elsewhere true", "/x false");
    }

    @Test
    void redirectsWithoutEndAreGivenUp() throws Exception {
        XaiClient client = client(request -> new HttpReply.Body(302, Map.of("Location", "/again"), new byte[0]));
        assertThat(download(client, base() + "/x"))
                .isInstanceOfSatisfying(XaiDownload.Unacceptable.class, bad -> assertThat(bad.reason())
                        .contains("5 redirects"));
        assertThat(seen).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/a.mp4", "file:///etc/passwd", "ftp://example.com/a", "", "nonsense"})
    void anAddressThatIsNotSafeIsNotOpened(String address) throws Exception {
        XaiClient client = client(request -> HttpReply.json(200, "clip"));
        assertThat(download(client, address)).isInstanceOf(XaiDownload.Unacceptable.class);
    }

    @Test
    void aRealServiceCannotPointAtThisMachine() throws Exception {
        LoopbackServer local = server(request -> HttpReply.json(200, "private"));
        XaiClient client = XaiClient.create(ApiKey.of(Bench.KEY), XaiOptions.standard());
        opened.add(client);
        assertThat(download(client, "http://127.0.0.1:" + local.port() + "/"))
                .isInstanceOf(XaiDownload.Unacceptable.class);
        assertThat(seen).isEmpty();
    }

    @Test
    void aClipThatIsTooLargeOrEmptyIsRefused() throws Exception {
        XaiClient client = client(request ->
                new HttpReply.Body(200, Map.of(), new byte[request.path().endsWith("large") ? 2_000_001 : 0]));
        assertThat(download(client, base() + "/large").toString()).contains("at most 2000000 bytes");
        assertThat(download(client, base() + "/empty").toString()).contains("at least one byte");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDownloadTellsItsProgress() throws Exception {
        XaiClient client = client(request -> new HttpReply.Body(200, Map.of(), new byte[500_000]));
        List<Long> at = Collections.synchronizedList(new ArrayList<>());
        XaiDownload done = client.download(base() + "/x", folder.resolve("x"), (bytes, total) -> {
                    assertThat(total).isEqualTo(500_000);
                    at.add(bytes);
                })
                .get(10, TimeUnit.SECONDS);
        assertThat(done).isEqualTo(new XaiDownload.Complete(folder.resolve("x"), 500_000));
        assertThat(at).isSorted().hasSizeGreaterThan(1).endsWith(500_000L);
    }

    @Test
    void aFolderThatIsNotThereIsSaid() throws Exception {
        XaiClient client = client(request -> HttpReply.json(200, "clip"));
        XaiDownload result = client.download(base() + "/x", folder.resolve("none/x"), XaiDownload.Progress.NONE)
                .get(10, TimeUnit.SECONDS);
        assertThat(result).isInstanceOf(XaiDownload.NotWritten.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.x.ai/v1",
                "ftp://127.0.0.1/",
                "https:///v1",
                "https://me:pw@api.x.ai/v1",
                "https://a/?x"
            })
    void anAddressThatWouldGiveTheKeyAwayIsRefused(String address) {
        assertThatThrownBy(() -> XaiOptions.standard().withBase(URI.create(address)))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("the address of xAI");
    }

    @Test
    void optionsAreChecked() {
        XaiOptions options = XaiOptions.standard();
        assertThatThrownBy(() -> options.withSubmitsPerSecond(0)).hasMessageContaining("submitsPerSecond");
        assertThatThrownBy(() -> options.withPollEvery(Duration.ZERO)).hasMessageContaining("pollEvery");
        assertThatThrownBy(() -> options.withCalls(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> options.withModels(List.of())).hasMessageContaining("at least one model");
        assertThat(options.withDeadline(SECOND).deadline()).isEqualTo(SECOND);
        assertThat(options.withBase(URI.create("http://localhost:1/v1//")).base())
                .isEqualTo(URI.create("http://localhost:1/v1"));
    }

    private XaiDownload download(XaiClient client, String address) throws Exception {
        Path file = folder.resolve("clip");
        XaiDownload result =
                client.download(address, file, XaiDownload.Progress.NONE).get(20, TimeUnit.SECONDS);
        Files.deleteIfExists(file);
        return result;
    }

    private XaiClient client(Function<HttpRequest, HttpReply> service) {
        LoopbackServer server = server(service);
        base = "http://127.0.0.1:" + server.port() + "/v1";
        XaiClient client = XaiClient.create(
                ApiKey.of(Bench.KEY),
                XaiOptions.standard().withBase(URI.create(base)).withLargestDownload(2_000_000));
        opened.add(client);
        return client;
    }

    private String base = "";

    private String base() {
        return base;
    }

    private LoopbackServer server(Function<HttpRequest, HttpReply> service) {
        try {
            LoopbackServer server = new LoopbackServer(0, request -> {
                seen.add(request);
                return service.apply(request);
            });
            opened.add(server);
            return server;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
