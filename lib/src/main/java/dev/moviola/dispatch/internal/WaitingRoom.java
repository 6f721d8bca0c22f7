package dev.moviola.dispatch.internal;

import dev.moviola.ledger.Failure;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The few jobs that a dispatch holds in memory: those that can be submitted next, those that wait for another try, and
 * the keys of those under way. Lives on the loop.
 */
final class WaitingRoom {
    private final Deque<Job> ready = new ArrayDeque<>();
    private final PriorityQueue<Retry> retries = new PriorityQueue<>();
    private final Set<JobKey> held = new HashSet<>();
    private int retrying;

    /** Takes in a job that is ready, unless it is held already. */
    boolean offer(Job job) {
        if (!held.add(job.key())) {
            return false;
        }
        ready.addLast(job);
        return true;
    }

    /** Takes in jobs that are to be tried again. */
    void retry(Retry retry) {
        hold(retry.jobs());
        retries.add(retry);
        retrying += retry.jobs().size();
    }

    /** Lets go of jobs that were to be tried again; false when they do not wait here any more. */
    boolean giveUp(Retry retry) {
        if (!retries.remove(retry)) {
            return false;
        }
        retrying -= retry.jobs().size();
        forget(retry.jobs());
        return true;
    }

    /** Marks jobs as held although they do not wait here. */
    void hold(Collection<Job> jobs) {
        jobs.forEach(job -> held.add(job.key()));
    }

    /** Forgets jobs that have ended. */
    void forget(Collection<Job> jobs) {
        jobs.forEach(job -> held.remove(job.key()));
    }

    int ready() {
        return ready.size();
    }

    int retrying() {
        return retrying;
    }

    boolean isEmpty() {
        return ready.isEmpty() && retries.isEmpty();
    }

    /** When the next try is due; {@link Long#MAX_VALUE} when none waits. */
    long nextDue() {
        return retries.isEmpty() ? Long.MAX_VALUE : retries.peek().due();
    }

    /** Takes the next try that is due, null when none is. */
    @Nullable
    Retry takeRetry(long now) {
        if (retries.isEmpty() || retries.peek().due() - now > 0) {
            return null;
        }
        Retry retry = retries.remove();
        retrying -= retry.jobs().size();
        return retry;
    }

    /** The job that {@link #takeReady} would begin with. */
    Job peekReady() {
        return ready.getFirst();
    }

    /** How many of the jobs at hand are in {@code group}. */
    int members(String group) {
        return (int) ready.stream().filter(job -> group.equals(job.group())).count();
    }

    /** Takes the first job, and up to {@code most - 1} others of its group. */
    List<Job> takeReady(int most) {
        Job first = ready.removeFirst();
        List<Job> taken = new ArrayList<>();
        taken.add(first);
        String group = first.group();
        if (group != null) {
            Iterator<Job> others = ready.iterator();
            while (taken.size() < most && others.hasNext()) {
                Job other = others.next();
                if (group.equals(other.group()) && other.kind().equals(first.kind())) {
                    taken.add(other);
                    others.remove();
                }
            }
        }
        return taken;
    }

    /** Puts jobs back that were taken and could not be submitted. */
    void putBack(List<Job> jobs) {
        for (int i = jobs.size() - 1; i >= 0; i--) {
            ready.addFirst(jobs.get(i));
        }
    }

    /**
     * Jobs that are to be submitted again.
     *
     * @param due when
     * @param since when they were submitted first
     * @param last why they have to be
     */
    record Retry(long due, long since, List<Job> jobs, Failure last) implements Comparable<Retry> {
        @Override
        public int compareTo(Retry other) {
            return Long.compare(due, other.due);
        }
    }
}
