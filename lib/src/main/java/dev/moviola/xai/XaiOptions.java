package dev.moviola.xai;

import dev.moviola.MoviolaException;
import dev.moviola.xai.internal.Hosts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * How to reach xAI and how hard to press.
 *
 * @param base the address in front of {@code /videos/…}: https, or http on this machine
 * @param models the models that may be asked for, the first being the default
 * @param submitsPerSecond the submit rate that the key is allowed, positive; infinite for no limit
 * @param inFlight how many submissions may be under way
 * @param pollEvery how long to wait between two polls
 * @param deadline how long a submission may take
 * @param connectTimeout how long a connection may take to open
 * @param readTimeout how long the other side may be silent
 * @param callTimeout how long a whole call of the API may take
 * @param downloadTimeout how long a whole download may take
 * @param largestDownload the most bytes that a clip may have
 * @param calls how many HTTP calls may be under way at a time, each of which holds a thread
 */
public record XaiOptions(
        URI base,
        List<XaiModel> models,
        double submitsPerSecond,
        int inFlight,
        Duration pollEvery,
        Duration deadline,
        Duration connectTimeout,
        Duration readTimeout,
        Duration callTimeout,
        Duration downloadTimeout,
        long largestDownload,
        int calls) {
    /** The address of the service. */
    public static final URI SERVICE = URI.create("https://api.x.ai/v1");

    private static final XaiOptions STANDARD = new XaiOptions(
            SERVICE,
            XaiModel.all(),
            1,
            Integer.MAX_VALUE,
            Duration.ofSeconds(5),
            Duration.ofSeconds(600),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            512L << 20,
            64);

    /** Checks every value. */
    public XaiOptions {
        models = List.copyOf(models);
        String scheme = String.valueOf(base.getScheme());
        String host = base.getHost() == null ? "" : base.getHost();
        if (host.isEmpty() || !(scheme.equals("https") || (scheme.equals("http") && Hosts.isLoopback(host)))) {
            throw new MoviolaException(
                    "the address of xAI must be https, or http on this machine, so that the key is not sent in the clear,"
                            + " but was " + base);
        }
        if (base.getUserInfo() != null || base.getQuery() != null || base.getFragment() != null) {
            throw new MoviolaException("the address of xAI must have no user, query or fragment");
        }
        base = URI.create(base.toString().replaceAll("/+$", ""));
        if (models.isEmpty()) {
            throw new MoviolaException("there must be at least one model");
        }
        if (!(submitsPerSecond > 0)) {
            throw new MoviolaException("submitsPerSecond must be positive, but was " + submitsPerSecond);
        }
        positive("pollEvery", pollEvery);
        positive("deadline", deadline);
        positive("connectTimeout", connectTimeout);
        positive("readTimeout", readTimeout);
        positive("callTimeout", callTimeout);
        positive("downloadTimeout", downloadTimeout);
        if (inFlight < 1 || calls < 1 || largestDownload < 1) {
            throw new MoviolaException("inFlight, calls and largestDownload must be at least 1, but were " + inFlight
                    + ", " + calls + " and " + largestDownload);
        }
    }

    /** The service itself, at its documented rate. */
    public static XaiOptions standard() {
        return STANDARD;
    }

    /** These options for another address, such as {@code http://127.0.0.1:8080/v1}. */
    public XaiOptions withBase(URI other) {
        return change(draft -> draft.base = other);
    }

    /** These options with other models, the first being the default. */
    public XaiOptions withModels(List<XaiModel> other) {
        return change(draft -> draft.models = other);
    }

    /** These options with another submit rate. */
    public XaiOptions withSubmitsPerSecond(double other) {
        return change(draft -> draft.submitsPerSecond = other);
    }

    /** These options with another time between polls. */
    public XaiOptions withPollEvery(Duration other) {
        return change(draft -> draft.pollEvery = other);
    }

    /** These options with another deadline of a submission. */
    public XaiOptions withDeadline(Duration other) {
        return change(draft -> draft.deadline = other);
    }

    /** These options with other times for connecting, for silence, for a call and for a download. */
    public XaiOptions withTimeouts(Duration connect, Duration read, Duration call, Duration download) {
        return change(draft -> {
            draft.connectTimeout = connect;
            draft.readTimeout = read;
            draft.callTimeout = call;
            draft.downloadTimeout = download;
        });
    }

    /** These options with another limit on the bytes of a clip. */
    public XaiOptions withLargestDownload(long other) {
        return change(draft -> draft.largestDownload = other);
    }

    /** These options with another number of HTTP calls at a time. */
    public XaiOptions withCalls(int other) {
        return change(draft -> draft.calls = other);
    }

    private XaiOptions change(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new MoviolaException(name + " must be positive, but was " + value);
        }
    }

    /** A copy in which a few things can be changed. */
    private static final class Draft {
        private URI base;
        private List<XaiModel> models;
        private double submitsPerSecond;
        private int inFlight;
        private Duration pollEvery;
        private Duration deadline;
        private Duration connectTimeout;
        private Duration readTimeout;
        private Duration callTimeout;
        private Duration downloadTimeout;
        private long largestDownload;
        private int calls;

        Draft(XaiOptions from) {
            base = from.base;
            models = from.models;
            submitsPerSecond = from.submitsPerSecond;
            inFlight = from.inFlight;
            pollEvery = from.pollEvery;
            deadline = from.deadline;
            connectTimeout = from.connectTimeout;
            readTimeout = from.readTimeout;
            callTimeout = from.callTimeout;
            downloadTimeout = from.downloadTimeout;
            largestDownload = from.largestDownload;
            calls = from.calls;
        }

        XaiOptions build() {
            return new XaiOptions(
                    base,
                    models,
                    submitsPerSecond,
                    inFlight,
                    pollEvery,
                    deadline,
                    connectTimeout,
                    readTimeout,
                    callTimeout,
                    downloadTimeout,
                    largestDownload,
                    calls);
        }
    }
}
