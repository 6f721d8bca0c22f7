package dev.moviola.xai;

import dev.moviola.MoviolaException;
import dev.moviola.backend.ApiKey;
import dev.moviola.ledger.Parameters;
import dev.moviola.xai.internal.Downloads;
import dev.moviola.xai.internal.HttpCalls;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * The HTTP API of Grok Imagine video.
 *
 * <p>Each method makes exactly one attempt and never blocks. Whatever the network or the service does comes back as a
 * value; no future fails. The key is sent to the origin of {@link XaiOptions#base()} only. Safe for use by many
 * threads.
 */
public final class XaiClient implements AutoCloseable {
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private final HttpCalls calls;
    private final Downloads downloads;

    private XaiClient(HttpCalls calls, Downloads downloads) {
        this.calls = calls;
        this.downloads = downloads;
    }

    /** A client that uses {@code key}. Opens no connection yet. */
    public static XaiClient create(ApiKey key, XaiOptions options) {
        HttpCalls calls = new HttpCalls(key, options);
        return new XaiClient(calls, new Downloads(calls, key, options));
    }

    /** Asks for a new clip. {@code body} is sent as it is. */
    public CompletableFuture<XaiReply> generate(Parameters body) {
        return calls.post("videos/generations", body.json());
    }

    /** Asks for a changed clip. */
    public CompletableFuture<XaiReply> edit(Parameters body) {
        return calls.post("videos/edits", body.json());
    }

    /** Asks for a longer clip. */
    public CompletableFuture<XaiReply> extend(Parameters body) {
        return calls.post("videos/extensions", body.json());
    }

    /**
     * Asks how a request stands.
     *
     * @throws MoviolaException if {@code requestId} is not 1 to 128 letters, digits, - and _
     */
    public CompletableFuture<XaiReply> status(String requestId) {
        if (!REQUEST_ID.matcher(requestId).matches()) {
            throw new MoviolaException("a request id must be 1 to 128 letters, digits, - and _, but was \""
                    + requestId.substring(0, Math.min(requestId.length(), 140)) + "\"");
        }
        return calls.get("videos/" + requestId);
    }

    /**
     * Brings what lies at {@code address} to {@code file}. It is written beside it first and gets its name when it is
     * complete, so that a file of that name is never a part of one.
     *
     * @param address https; http only on this machine while the service itself is on this machine
     */
    public CompletableFuture<XaiDownload> download(String address, Path file, XaiDownload.Progress progress) {
        return downloads.start(address, file, progress);
    }

    /** Ends the calls that are under way; their futures complete as {@link XaiReply.Lost} or broken. */
    @Override
    public void close() {
        calls.close();
    }
}
