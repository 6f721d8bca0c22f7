package dev.moviola.rehearsal.internal.http;

import dev.moviola.rehearsal.AcceptedRequest;
import dev.moviola.rehearsal.XaiFault;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A request that was taken. What changes is counted in the atomic fields. */
final class GrokJob {
    final int number;
    final String id;
    final String owner;
    final GrokRules.Order order;
    final Set<XaiFault> faults;
    final long acceptedNanos = System.nanoTime();
    final AtomicBoolean making = new AtomicBoolean();
    final AtomicInteger polls = new AtomicInteger();
    final AtomicInteger downloads = new AtomicInteger();
    final CompletableFuture<Path> clip = new CompletableFuture<>();

    /**
     * Taken just now.
     *
     * @param owner a fingerprint of the key that it belongs to
     */
    GrokJob(int number, String id, String owner, GrokRules.Order order, Set<XaiFault> faults) {
        this.number = number;
        this.id = id;
        this.owner = owner;
        this.order = order;
        this.faults = Set.copyOf(faults);
    }

    boolean has(XaiFault fault) {
        return faults.contains(fault);
    }

    /** The code and text with which it fails, or nothing. */
    String[] failure() {
        for (XaiFault fault : faults) {
            switch (fault) {
                case FAILED_INVALID_ARGUMENT, POLL_400 -> {
                    return new String[] {"invalid_argument", "The prompt is too long for this model."};
                }
                case MODERATED -> {
                    return new String[] {"invalid_argument", "Generated video rejected by content moderation."};
                }
                case FAILED_PERMISSION_DENIED -> {
                    return new String[] {"permission_denied", "The team has no access to video generation."};
                }
                case FAILED_PRECONDITION -> {
                    return new String[] {"failed_precondition", "The resolution is not available in this mode."};
                }
                case FAILED_SERVICE_UNAVAILABLE -> {
                    return new String[] {"service_unavailable", "The service is currently unavailable."};
                }
                case FAILED_INTERNAL_ERROR -> {
                    return new String[] {"internal_error", "An internal error occurred."};
                }
                default -> {}
            }
        }
        return new String[0];
    }

    /** What it is charged: a job that fails is free, a clip that was made is not. */
    long costTicks() {
        return failure().length > 0 || has(XaiFault.EXPIRED) ? 0 : order.price().ticks();
    }

    AcceptedRequest accepted() {
        String outcome = failure().length > 0 ? "failed" : has(XaiFault.EXPIRED) ? "expired" : "done";
        return new AcceptedRequest(
                number, id, order.user(), order.kind(), order.prompt(), order.seconds(), outcome, costTicks());
    }
}
