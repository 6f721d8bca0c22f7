package dev.moviola.rehearsal.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.ledger.Parameters;
import dev.moviola.rehearsal.AcceptedRequest;
import dev.moviola.rehearsal.ClipRequest;
import dev.moviola.rehearsal.XaiFault;
import dev.moviola.rehearsal.XaiStandInOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Grok Imagine video as seen from outside: the API, and the host of its clips on a port of its own. */
public final class GrokService implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MAGIC = Pattern.compile("\\[\\[([a-z0-9-]+)(?::(\\d{1,6}))?]]");
    private static final Pattern LOCAL = Pattern.compile("(127\\.0\\.0\\.1|localhost)(:\\d+)?");
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private final XaiStandInOptions options;
    private final GrokBooks books;
    private final GrokKeys keys;
    private final Map<String, GrokJob> jobs = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final AtomicInteger submits = new AtomicInteger();
    private final AtomicInteger leaks = new AtomicInteger();
    private final ExecutorService makers;
    private final LoopbackServer api;
    private final LoopbackServer host;

    /** Opens the books and listens. */
    public GrokService(XaiStandInOptions options) throws IOException {
        this.options = options;
        this.books = new GrokBooks(options.directory());
        this.keys = new GrokKeys(options.keys(), options.submitsPerSecond());
        makers = Executors.newFixedThreadPool(options.threads(), task -> {
            Thread thread = new Thread(task, "clip-maker");
            thread.setDaemon(true);
            return thread;
        });
        host = new LoopbackServer(0, this::clip);
        reopen();
        api = new LoopbackServer(options.port(), this::route);
    }

    /** The port of the API. */
    public int port() {
        return api.port();
    }

    /** What was taken, in order. */
    public List<AcceptedRequest> accepted() {
        return jobs.values().stream()
                .sorted(Comparator.comparingInt(job -> job.number))
                .map(GrokJob::accepted)
                .toList();
    }

    /** How many submits came, whether taken or not. */
    public int submits() {
        return submits.get();
    }

    /** How often a key was sent to the host of the clips, which has no business with it. */
    public int leaks() {
        return leaks.get();
    }

    /** Refuses {@code key} from now on. */
    public void revoke(String key) {
        keys.revoke(key);
    }

    /** Where the clip of a request lies once it is made. */
    public Path clipFile(String requestId) {
        return books.clip(requestId);
    }

    @Override
    public void close() {
        api.close();
        host.close();
        makers.shutdownNow();
        books.close();
    }

    /** An error in the flat form of the service. */
    static HttpReply.Body flat(int status, String code, String error) {
        ObjectNode body = JSON.createObjectNode().put("code", code).put("error", error);
        return HttpReply.json(status, body.toString());
    }

    private HttpReply route(HttpRequest request) {
        if (!LOCAL.matcher(request.header("host")).matches()) {
            return flat(403, "forbidden", "the stand-in answers this machine only");
        }
        String path = request.path();
        if (request.method().equals("GET") && path.startsWith("/_rehearsal/")) {
            return rehearsal(path);
        }
        HttpReply.Body refusal = keys.refusal(request.header("authorization"));
        if (refusal != null) {
            return refusal;
        }
        if (request.method().equals("POST")) {
            switch (path) {
                case "/v1/videos/generations":
                    return submit("generate", request);
                case "/v1/videos/edits":
                    return submit("edit", request);
                case "/v1/videos/extensions":
                    return submit("extend", request);
                default:
                    break;
            }
        }
        if (request.method().equals("GET") && path.startsWith("/v1/videos/")) {
            return poll(path.substring("/v1/videos/".length()), request);
        }
        return flat(404, "Some requested entity was not found", "Not found: " + request.method() + " " + path);
    }

    private HttpReply rehearsal(String path) {
        if (path.equals("/_rehearsal/accepted")) {
            try {
                return HttpReply.json(200, JSON.writeValueAsString(accepted()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("records can always be written", e);
            }
        }
        if (path.startsWith("/_rehearsal/truth/")) {
            GrokJob job = jobs.get(path.substring("/_rehearsal/truth/".length()));
            Path truth = job == null ? null : books.clip(job.id).resolveSibling(job.id + ".truth.json");
            if (truth != null && Files.exists(truth)) {
                return new HttpReply.FileBody(truth, "application/json", HttpReply.Ending.WHOLE);
            }
        }
        return flat(404, "not_found", "the stand-in has no " + path);
    }

    private HttpReply submit(String kind, HttpRequest request) {
        int number = submits.incrementAndGet();
        String authorization = request.header("authorization");
        if (keys.tooEarly(authorization)) {
            return rateLimit(options.retryAfter());
        }
        GrokRules.Order order;
        try {
            order = GrokRules.order(kind, request.body());
        } catch (GrokRules.Refused e) {
            String code =
                    e.status() == 404 ? "Some requested entity was not found" : "Client specified an invalid argument";
            return flat(e.status(), code, String.valueOf(e.getMessage()));
        }
        Set<XaiFault> faults = faults(number, order.prompt());
        for (XaiFault fault : faults) {
            HttpReply instead = before(fault, authorization);
            if (instead != null) {
                return instead;
            }
        }
        GrokJob job = new GrokJob(number, UUID.randomUUID().toString(), owner(authorization), order, faults);
        try {
            books.write(new GrokBooks.Entry(number, job.id, job.owner, kind, words(faults), body(request)));
        } catch (IOException e) {
            return flat(500, "internal_error", "the books cannot be written: " + e.getMessage());
        }
        take(job);
        for (XaiFault fault : faults) {
            switch (fault) {
                case SERVER_ERROR_AFTER:
                    return flat(500, "internal_error", "An internal error occurred.");
                case TIMEOUT_AFTER:
                    return new HttpReply.Silence(SILENCE);
                case RESET_AFTER:
                    return new HttpReply.Reset();
                case GARBLED_AFTER:
                    return HttpReply.json(200, "<html>upstream</html>");
                default:
                    break;
            }
        }
        return HttpReply.json(200, "{\"request_id\":\"" + job.id + "\"}");
    }

    private static HttpReply.Body rateLimit(boolean saysWhen) {
        HttpReply.Body body = flat(
                429, "Some resource has been exhausted", "Too many requests: the rate limit of the team is reached.");
        return saysWhen ? HttpReply.with(body, "Retry-After", "1") : body;
    }

    private @Nullable HttpReply before(XaiFault fault, String authorization) {
        return switch (fault) {
            case RATE_LIMIT -> rateLimit(true);
            case RATE_LIMIT_BARE -> rateLimit(false);
            case UNAVAILABLE ->
                flat(503, "The service is currently unavailable", "The model is at capacity. Please try again.");
            case SERVER_ERROR -> flat(500, "internal_error", "An internal error occurred.");
            case RESET_BEFORE -> new HttpReply.Reset();
            case MODERATED_SUBMIT ->
                flat(400, "Client specified an invalid argument", "The prompt was rejected by content moderation.");
            case NO_CREDIT ->
                flat(
                        403,
                        "The caller does not have permission to execute the specified operation",
                        "Your team has used all available credits or reached its monthly spending limit.");
            case KEY_REVOKED -> {
                keys.revoke(GrokKeys.key(authorization));
                yield keys.refusal(authorization);
            }
            default -> null;
        };
    }

    private void take(GrokJob job) {
        jobs.put(job.id, job);
        make(job);
    }

    private void make(GrokJob job) {
        if (job.failure().length > 0 || job.has(XaiFault.EXPIRED) || !job.making.compareAndSet(false, true)) {
            return;
        }
        GrokRules.Order order = job.order;
        Parameters content = Parameters.of(
                "prompt", order.prompt(),
                "model", order.model().id(),
                "seconds", order.seconds(),
                "size", order.size());
        long seed = options.seed() * 31 + content.hashCode() + (options.repeatable() ? 0 : job.id.hashCode());
        ClipRequest wanted = new ClipRequest(
                job.id,
                order.kind(),
                order.model().id(),
                order.prompt(),
                seed,
                order.seconds(),
                order.width(),
                order.height(),
                order.body());
        makers.execute(() -> {
            try {
                job.clip.complete(options.clips().make(wanted, books.clip(job.id)));
            } catch (IOException | RuntimeException e) {
                System.getLogger(GrokService.class.getName())
                        .log(System.Logger.Level.WARNING, "a clip could not be made", e);
                job.clip.completeExceptionally(e);
            }
        });
    }

    private HttpReply poll(String id, HttpRequest request) {
        GrokJob job = jobs.get(id);
        if (job == null || !job.owner.equals(owner(request.header("authorization")))) {
            return flat(404, "Some requested entity was not found", "The request " + id + " does not exist.");
        }
        make(job);
        int polls = job.polls.incrementAndGet();
        if (job.has(XaiFault.KEY_REVOKED_LATER)) {
            keys.revoke(GrokKeys.key(request.header("authorization")));
            return flat(401, "unauthenticated", "The API key has been revoked.");
        }
        if (job.has(XaiFault.POLL_500) && polls <= 2) {
            return flat(500, "internal_error", "An internal error occurred.");
        }
        if (job.has(XaiFault.POLL_RATE_LIMIT) && polls == 1) {
            return rateLimit(true);
        }
        if (job.has(XaiFault.POLL_RESET) && polls == 1) {
            return new HttpReply.Reset();
        }
        return isPending(job, polls) ? pending(job, polls) : ended(job);
    }

    private boolean isPending(GrokJob job, int polls) {
        Duration time = job.has(XaiFault.SLOW) ? options.slow() : options.latency();
        return polls <= options.pendingPolls()
                || System.nanoTime() - job.acceptedNanos < time.toNanos()
                || (job.costTicks() > 0 && !job.clip.isDone());
    }

    private static HttpReply pending(GrokJob job, int polls) {
        ObjectNode body = JSON.createObjectNode()
                .put("status", job.has(XaiFault.STRANGE_STATUS) ? "reticulating" : "pending")
                .put("model", job.order.model().id());
        if (!job.has(XaiFault.NO_PROGRESS)) {
            body.put("progress", Math.min(99, 100 * polls / (polls + 3)));
        }
        return HttpReply.json(200, body.toString());
    }

    private HttpReply ended(GrokJob job) {
        String[] failure = job.failure();
        if (job.has(XaiFault.POLL_400)) {
            return flat(400, failure[0], failure[1]);
        }
        ObjectNode body = JSON.createObjectNode().put("model", job.order.model().id());
        if (!job.has(XaiFault.NO_USAGE)) {
            body.putObject("usage").put("cost_in_usd_ticks", job.costTicks());
        }
        if (failure.length == 0 && job.clip.isCompletedExceptionally()) {
            failure = new String[] {"internal_error", "The clip could not be made."};
        }
        if (failure.length > 0) {
            body.put("status", "failed")
                    .putObject("error")
                    .put("code", failure[0])
                    .put("message", failure[1]);
        } else if (job.has(XaiFault.EXPIRED)) {
            body.put("status", "expired");
        } else {
            boolean withheld = job.has(XaiFault.MODERATED_DONE);
            String url = withheld || job.has(XaiFault.NO_URL)
                    ? ""
                    : "http://127.0.0.1:" + host.port() + "/clips/" + job.id + ".mp4";
            body.put("status", "done")
                    .put("progress", 100)
                    .putObject("video")
                    .put("url", url)
                    .put("duration", job.order.seconds())
                    .put("respect_moderation", !withheld);
        }
        return HttpReply.json(200, body.toString());
    }

    private HttpReply clip(HttpRequest request) {
        if (!request.header("authorization").isEmpty()) {
            leaks.incrementAndGet();
        }
        String path = request.path();
        boolean moved = path.startsWith("/moved/");
        String id = path.replaceFirst("^/(clips|moved)/", "").replaceFirst("\\.mp4$", "");
        GrokJob job = jobs.get(id);
        if (job == null || !job.clip.isDone() || job.clip.isCompletedExceptionally()) {
            return flat(404, "not_found", "no such clip");
        }
        int downloads = job.downloads.incrementAndGet();
        if (job.has(XaiFault.DOWNLOAD_403)) {
            return flat(403, "forbidden", "the address has expired");
        }
        if (job.has(XaiFault.DOWNLOAD_404)) {
            return flat(404, "not_found", "no such clip");
        }
        if (job.has(XaiFault.DOWNLOAD_503) && downloads == 1) {
            return HttpReply.with(flat(503, "unavailable", "try again"), "Retry-After", "1");
        }
        if (job.has(XaiFault.DOWNLOAD_REDIRECT) && !moved) {
            return new HttpReply.Body(302, Map.of("Location", "/moved/" + id + ".mp4"), new byte[0]);
        }
        if (job.has(XaiFault.NOT_A_VIDEO)) {
            return new HttpReply.Body(
                    200,
                    Map.of("Content-Type", "video/mp4"),
                    "<html><body>Please sign in</body></html>".getBytes(StandardCharsets.UTF_8));
        }
        HttpReply.Ending ending = HttpReply.Ending.WHOLE;
        if (job.has(XaiFault.TRUNCATED_ALWAYS) || (job.has(XaiFault.TRUNCATED) && downloads == 1)) {
            ending = HttpReply.Ending.CLOSED_HALF_WAY;
        } else if (job.has(XaiFault.DOWNLOAD_RESET) && downloads == 1) {
            ending = HttpReply.Ending.RESET_HALF_WAY;
        }
        return new HttpReply.FileBody(job.clip.join(), "video/mp4", ending);
    }

    private Set<XaiFault> faults(int number, String prompt) {
        Set<XaiFault> faults = EnumSet.noneOf(XaiFault.class);
        faults.addAll(options.faults().of(number));
        Matcher matcher = MAGIC.matcher(prompt);
        while (matcher.find()) {
            String times = matcher.group(2);
            XaiFault.find(matcher.group(1))
                    .filter(fault -> times == null || count(fault, prompt) <= Integer.parseInt(times))
                    .ifPresent(faults::add);
        }
        return faults;
    }

    private int count(XaiFault fault, String prompt) {
        return asked.computeIfAbsent(fault.word() + " " + prompt, k -> new AtomicInteger())
                .incrementAndGet();
    }

    private void reopen() {
        for (GrokBooks.Entry entry : books.earlier()) {
            try {
                GrokRules.Order order =
                        GrokRules.order(entry.kind(), entry.body().getBytes(StandardCharsets.UTF_8));
                Set<XaiFault> faults = EnumSet.noneOf(XaiFault.class);
                for (String word : entry.faults().split(" ")) {
                    XaiFault.find(word).ifPresent(faults::add);
                }
                // Its clip is made only if somebody still asks for it.
                jobs.put(entry.id(), new GrokJob(entry.number(), entry.id(), entry.owner(), order, faults));
                submits.accumulateAndGet(entry.number(), Math::max);
            } catch (GrokRules.Refused e) {
                throw new IllegalStateException("the books hold a request that was never right", e);
            }
        }
    }

    private static String words(Set<XaiFault> faults) {
        return String.join(" ", faults.stream().map(XaiFault::word).toList());
    }

    private static String body(HttpRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private static String owner(String authorization) {
        return Parameters.of("key", GrokKeys.key(authorization)).sha256().substring(0, 16);
    }
}
