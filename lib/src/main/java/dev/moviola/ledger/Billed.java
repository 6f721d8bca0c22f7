package dev.moviola.ledger;

/** Whether a submission was charged for. */
public enum Billed {
    /** Certainly charged. */
    YES,
    /** Certainly not charged. */
    NO,
    /** The outside world does not say. Counts as spent when a spend cap is checked. */
    UNKNOWN
}
