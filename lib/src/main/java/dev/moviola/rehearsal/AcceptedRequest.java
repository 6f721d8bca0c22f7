package dev.moviola.rehearsal;

/**
 * A request that the stand-in took, as its own books have it.
 *
 * @param number the number of the submission among all that arrived, from 1
 * @param requestId the id that it was given
 * @param user the {@code user} that was sent, empty if none
 * @param kind {@code generate}, {@code edit} or {@code extend}
 * @param prompt the prompt
 * @param seconds the length of the clip
 * @param outcome how it ends: {@code done}, {@code failed}, {@code expired}
 * @param costTicks what it is charged, in ten-billionths of a dollar
 */
public record AcceptedRequest(
        int number,
        String requestId,
        String user,
        String kind,
        String prompt,
        int seconds,
        String outcome,
        long costTicks) {}
