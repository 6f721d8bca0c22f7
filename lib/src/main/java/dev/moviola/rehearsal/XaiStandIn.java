package dev.moviola.rehearsal;

import dev.moviola.MoviolaException;
import dev.moviola.rehearsal.internal.http.GrokService;
import dev.moviola.rehearsal.internal.http.StandInArguments;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Grok Imagine video on the loopback address: the three submits, the poll and the download of real clips, with the
 * service's limits, its errors and, on request, its accidents ({@link XaiFault}).
 *
 * <p>Clips are handed out on a second port, as the service hands them out from another host. {@code GET
 * /_rehearsal/accepted} gives the books of what was taken, for a comparison with a ledger from another process, and
 * {@code GET /_rehearsal/truth/ID} what is known to be wrong with a clip, where its maker wrote that down. Safe for use
 * by many threads.
 */
public final class XaiStandIn implements AutoCloseable {
    private final GrokService service;

    private XaiStandIn(GrokService service) {
        this.service = service;
    }

    /**
     * Starts a stand-in.
     *
     * @throws MoviolaException if the port is taken or the directory cannot be used
     */
    public static XaiStandIn start(XaiStandInOptions options) {
        try {
            return new XaiStandIn(new GrokService(options));
        } catch (IOException e) {
            throw new MoviolaException(
                    "the xAI stand-in cannot listen on port " + options.port() + " of the loopback address: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The address in front of {@code /videos/…}, for {@link dev.moviola.xai.XaiOptions#withBase}. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + service.port() + "/v1");
    }

    /** What was taken, in order. */
    public List<AcceptedRequest> accepted() {
        return service.accepted();
    }

    /** How many submits came, whether they were taken or not. */
    public int submits() {
        return service.submits();
    }

    /** How often a key was sent to the host of the clips, which a careful client never does. */
    public int leaks() {
        return service.leaks();
    }

    /** Where the clip of a request lies once it is made. */
    public Path clipFile(String requestId) {
        return service.clipFile(requestId);
    }

    /** Refuses {@code key} from now on. */
    public void revoke(String key) {
        service.revoke(key);
    }

    /**
     * Runs a stand-in until the process is ended. Prints {@code base URL} on the first line.
     *
     * @param args {@code --clip FILE} handed out for every request, which are rendered otherwise; {@code --port N}, {@code --directory FOLDER}, {@code
     *     --rate SUBMITS_PER_SECOND}, {@code --latency MILLISECONDS}, {@code --pending-polls N}, {@code --seed N}, and any
     *     number of {@code --fault WORD=CHANCE}
     */
    public static void main(String[] args) throws InterruptedException {
        XaiStandIn standIn = start(StandInArguments.parse(args));
        System.out.println("base " + standIn.base());
        System.out.flush();
        Runtime.getRuntime().addShutdownHook(new Thread(standIn::close));
        Thread.currentThread().join();
    }

    @Override
    public void close() {
        service.close();
    }
}
