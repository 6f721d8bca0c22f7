package dev.moviola.cli;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One figure of a benchmark beside that of something it can be compared with, both measured in the same run.
 *
 * @param what what was measured
 * @param value the figure
 * @param unit its unit
 * @param peer what it is compared with
 * @param peerValue the peer's figure in the same unit
 * @param ratio value divided by the peer's
 */
public record BenchResult(
        String what,
        double value,
        String unit,
        String peer,
        @JsonProperty("peer_value") double peerValue,
        double ratio) {
    /** A result whose ratio follows from the two figures. */
    public static BenchResult of(String what, double value, String unit, String peer, double peerValue) {
        return new BenchResult(what, value, unit, peer, peerValue, peerValue == 0 ? 0 : value / peerValue);
    }
}
