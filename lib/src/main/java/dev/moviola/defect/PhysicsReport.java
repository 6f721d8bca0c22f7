package dev.moviola.defect;

import java.util.List;

/**
 * What the moving objects of a clip did against the laws of motion.
 *
 * @param objects how many objects could be followed for long enough to judge them
 * @param findings what they did without cause, strongest first
 */
public record PhysicsReport(int objects, List<PhysicsFinding> findings) {
    /** Copies the list. */
    public PhysicsReport {
        findings = List.copyOf(findings);
    }

    /** Nothing could be followed. */
    public static PhysicsReport empty() {
        return new PhysicsReport(0, List.of());
    }
}
