package dev.moviola.xai.internal;

import dev.moviola.backend.ApiKey;
import dev.moviola.xai.XaiOptions;
import dev.moviola.xai.XaiReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Single HTTP calls, of which it is known whether anything was sent. */
public final class HttpCalls implements AutoCloseable {
    private static final long LARGEST_ANSWER = 1L << 20;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final MediaType JSON = Objects.requireNonNull(MediaType.parse("application/json"));

    private final ApiKey key;
    private final HttpUrl base;
    private final OkHttpClient http;
    private final ThreadPoolExecutor threads;

    /** Opens nothing yet. */
    public HttpCalls(ApiKey key, XaiOptions options) {
        this.key = key;
        this.base = Objects.requireNonNull(HttpUrl.parse(options.base() + "/"));
        AtomicInteger count = new AtomicInteger();
        threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "xai-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(options.calls());
        dispatcher.setMaxRequestsPerHost(options.calls());
        http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(options.calls(), 1, TimeUnit.MINUTES))
                .connectTimeout(options.connectTimeout())
                .readTimeout(options.readTimeout())
                .writeTimeout(options.readTimeout())
                .callTimeout(options.callTimeout())
                .followRedirects(false)
                .followSslRedirects(false)
                // A second attempt that nobody sees could be a second bill.
                .retryOnConnectionFailure(false)
                .eventListenerFactory(call -> {
                    Sent sent = call.request().tag(Sent.class);
                    return sent == null ? EventListener.NONE : sent;
                })
                .build();
    }

    /** Posts JSON text to a path below the base. */
    public CompletableFuture<XaiReply> post(String path, String json) {
        return call(request(path).post(new SentOnce(json.getBytes(StandardCharsets.UTF_8))));
    }

    /** Gets a path below the base. */
    public CompletableFuture<XaiReply> get(String path) {
        return call(request(path).get());
    }

    /** The client, for calls of another kind. */
    OkHttpClient http() {
        return http;
    }

    /** The origin that may see the key. */
    HttpUrl base() {
        return base;
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        threads.shutdown();
        http.connectionPool().evictAll();
    }

    private Request.Builder request(String path) {
        HttpUrl url = Objects.requireNonNull(base.resolve(path));
        return new Request.Builder()
                .url(url)
                .header("Authorization", "Bearer " + key.reveal())
                .header("Accept", "application/json")
                .header("User-Agent", "moviola");
    }

    private CompletableFuture<XaiReply> call(Request.Builder request) {
        CompletableFuture<XaiReply> reply = new CompletableFuture<>();
        Sent sent = new Sent();
        http.newCall(request.tag(Sent.class, sent).build()).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                reply.complete(failure(sent, e));
            }

            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    reply.complete(answered(response));
                } catch (IOException e) {
                    reply.complete(failure(sent, e));
                }
            }
        });
        return reply;
    }

    private XaiReply failure(Sent sent, IOException e) {
        String reason = key.scrub(said(e));
        return sent.any ? new XaiReply.Lost(reason) : new XaiReply.NotSent(reason);
    }

    private XaiReply answered(Response response) throws IOException {
        BufferedSource source = response.body().source();
        source.request(LARGEST_ANSWER + 1);
        long length = Math.min(source.getBuffer().size(), LARGEST_ANSWER);
        String text = source.readString(length, StandardCharsets.UTF_8);
        return new XaiReply.Answered(response.code(), key.scrub(text), retryAfter(response));
    }

    /** The wish to wait, as whole seconds or as an HTTP date; null when there is none that can be read. */
    static @Nullable Duration retryAfter(Response response) {
        String text = response.header("Retry-After");
        if (text == null) {
            return null;
        }
        Duration wait;
        try {
            wait = text.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(Instant.now(), ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeParseException e) {
            return null;
        }
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /** A fault of the network in a few words. */
    static String said(IOException e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    /** Notices when the first byte of a request may have left. */
    private static final class Sent extends EventListener {
        private volatile boolean any;

        @Override
        public void requestHeadersStart(Call call) {
            any = true;
        }
    }

    /** A body that the HTTP client will not send a second time by itself, not even after a 503. */
    private static final class SentOnce extends RequestBody {
        private final byte[] bytes;

        SentOnce(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public MediaType contentType() {
            return JSON;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }
}
