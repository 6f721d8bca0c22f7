package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.internal.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets other processes of this machine work on a study that this one holds. Who comes in with {@link StudyGuest} gets
 * trials and tells what they reached; only this process writes. A trial whose guest has gone is tried again.
 *
 * <p>It listens on the loopback address alone, and lets in who can read a file in the run's folder that only its owner
 * may read.
 */
public final class StudyDoor implements AutoCloseable {
    private static final int MOST_GUESTS = 1_000;
    private static final long FAREWELL_MILLIS = 2_000;
    private static final long SLICE_MILLIS = 20;

    private final Study study;
    private final long count;
    private final Supplier<String> over;
    private final HostPart part;
    private final Path file;
    private final String key;
    private final ServerSocket server;
    private final Set<Socket> guests = ConcurrentHashMap.newKeySet();
    private final Set<Long> away = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    private StudyDoor(Study study, Path folder, long count, Supplier<String> over, HostPart part) throws IOException {
        this.study = study;
        this.count = count;
        this.over = over;
        this.part = part;
        this.file = folder.resolve(Wire.FILE);
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        this.key = HexFormat.of().formatHex(secret);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Wire.announce(file, server.getLocalPort(), key);
        daemon("moviola-study-door", this::letIn);
    }

    /** What of a trial only the process that holds the study may do, because it pays, or writes to the ledger. */
    public interface HostPart {
        /**
         * Does what comes before a guest's part, for as long as that takes.
         *
         * @return what the guest needs
         * @throws MoviolaException when this attempt at the trial has failed
         * @throws InterruptedException when the trial has to stay open; its message says why no guest gets another
         */
        Parameters prepare(Trial trial) throws InterruptedException;

        /**
         * The values of a trial, one for each goal, after its guest has done its part.
         *
         * @throws MoviolaException when this attempt at the trial has failed
         */
        double[] values(Trial trial);
    }

    private static final class NoPart implements HostPart {
        @Override
        public Parameters prepare(Trial trial) {
            throw refused(trial);
        }

        @Override
        public double[] values(Trial trial) {
            throw refused(trial);
        }

        private static MoviolaException refused(Trial trial) {
            return new MoviolaException(
                    "a guest of this study must find the values of a trial itself, but asked for trial "
                            + trial.number());
        }
    }

    /**
     * Opens the door of a study whose guests find the values of their trials themselves.
     *
     * @param folder the run's folder
     * @param count how many trials there are to be
     * @param over says why no guest gets another trial; empty while they do
     */
    public static StudyDoor open(Study study, Path folder, long count, Supplier<String> over) {
        return open(study, folder, count, over, new NoPart());
    }

    /** As without {@code part}, which this process does for each trial of a guest. */
    public static StudyDoor open(Study study, Path folder, long count, Supplier<String> over, HostPart part) {
        try {
            return new StudyDoor(study, folder, count, over, part);
        } catch (IOException e) {
            throw new MoviolaException("no other process can be let in to " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Whether guests work on trials now. */
    public synchronized boolean busy() {
        return !away.isEmpty();
    }

    /** Sends all guests away; those that only wait are told why first. */
    @Override
    public void close() {
        closing = true;
        for (long waited = 0; !guests.isEmpty() && !busy() && waited < FAREWELL_MILLIS; waited += SLICE_MILLIS) {
            try {
                Thread.sleep(SLICE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        try {
            Files.deleteIfExists(file);
            server.close();
        } catch (IOException e) {
            System.getLogger("dev.moviola.sweep").log(System.Logger.Level.DEBUG, "closing the door", e);
        }
        guests.forEach(StudyDoor::drop);
    }

    private void letIn() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (guests.size() >= MOST_GUESTS) {
                    drop(socket);
                    continue;
                }
                guests.add(socket);
                daemon("moviola-study-guest", () -> serve(socket));
            } catch (IOException e) {
                System.getLogger("dev.moviola.sweep").log(System.Logger.Level.DEBUG, "nobody came in", e);
            }
        }
    }

    private void serve(Socket socket) {
        Map<Long, Trial> open = new HashMap<>();
        try (Wire wire = new Wire(socket)) {
            socket.setSoTimeout(Wire.GREETING_MILLIS);
            Parameters greeting = wire.read();
            byte[] said =
                    greeting == null ? new byte[0] : greeting.text("key", "").getBytes(StandardCharsets.UTF_8);
            if (!MessageDigest.isEqual(said, key.getBytes(StandardCharsets.UTF_8))) {
                return;
            }
            socket.setSoTimeout(0);
            wire.write(Parameters.of("welcome", true));
            for (Parameters asked = wire.read(); asked != null; asked = wire.read()) {
                wire.write(answer(asked, open));
            }
        } catch (IOException | RuntimeException e) {
            System.getLogger("dev.moviola.sweep").log(System.Logger.Level.DEBUG, "a guest has gone", e);
        } finally {
            guests.remove(socket);
            giveBack(open);
        }
    }

    private void giveBack(Map<Long, Trial> open) {
        try {
            // With the door closed the study ends, and its next process puts back what is open.
            if (!server.isClosed()) {
                open.values().forEach(study::giveBack);
            }
        } catch (MoviolaException e) {
            System.getLogger("dev.moviola.sweep").log(System.Logger.Level.DEBUG, "the study has ended", e);
        } finally {
            away.removeAll(open.keySet());
        }
    }

    private Parameters answer(Parameters asked, Map<Long, Trial> open) {
        try {
            return asked.text("do").equals("next") ? next(open) : told(asked, open);
        } catch (MoviolaException e) {
            return Parameters.of("error", String.valueOf(e.getMessage()));
        }
    }

    private synchronized Parameters next(Map<Long, Trial> open) {
        String why = closing ? "every trial has ended" : over.get();
        if (!why.isEmpty()) {
            return Parameters.of("over", why);
        }
        Optional<Trial> next = study.next(count);
        if (next.isPresent()) {
            Trial trial = next.get();
            open.put(trial.number(), trial);
            away.add(trial.number());
            return Parameters.of("trial", trial.number(), "settings", trial.settings());
        }
        boolean running = study.trials().stream().anyMatch(trial -> trial.state() == TrialState.RUNNING);
        return running ? Parameters.of("wait", true) : Parameters.of("over", "every trial has ended");
    }

    private Parameters told(Parameters asked, Map<Long, Trial> open) {
        long number = asked.integer("trial");
        Trial trial = open.get(number);
        if (trial == null) {
            throw new MoviolaException("trial " + number + " must have been given to this guest, but was not");
        }
        switch (asked.text("do")) {
            case "prepare" -> {
                return prepared(trial, open);
            }
            case "report" -> {
                trial.report(asked.integer("step"), asked.number("value"));
                return Parameters.of("prune", trial.shouldPrune());
            }
            case "tell" -> {
                List<Object> values = asked.list("values");
                study.tell(
                        trial,
                        values.stream()
                                .mapToDouble(value -> ((Number) value).doubleValue())
                                .toArray());
            }
            case "conclude" -> study.tell(trial, part.values(trial));
            case "fail" -> study.tellAttemptFailed(trial, asked.text("why"), (int) asked.integer("most"));
            case "prune" -> study.tellPruned(trial);
            default ->
                throw new MoviolaException(
                        "a guest may ask for next, prepare, report, tell, conclude, fail or prune, but asked for "
                                + asked.text("do"));
        }
        open.remove(number);
        away.remove(number);
        return Parameters.of("told", number);
    }

    private Parameters prepared(Trial trial, Map<Long, Trial> open) {
        try {
            return Parameters.of("prepared", part.prepare(trial));
        } catch (InterruptedException e) {
            // Not given back: whoever got it next would find the same.
            open.remove(trial.number());
            away.remove(trial.number());
            return Parameters.of("over", String.valueOf(e.getMessage()));
        }
    }

    private static void drop(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.getLogger("dev.moviola.sweep").log(System.Logger.Level.DEBUG, "a guest had gone", e);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
