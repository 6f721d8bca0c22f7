package dev.moviola.command.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A process and everything that it started. Descendants are remembered while the process lives, because they cannot be
 * found through it any more once it has ended.
 */
final class ProcessTree {
    private final ProcessHandle root;
    private final Map<Long, ProcessHandle> seen = new LinkedHashMap<>();

    ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /** Remembers the descendants of this moment. */
    synchronized void look() {
        seen.values().removeIf(handle -> !handle.isAlive());
        root.descendants().forEach(handle -> seen.putIfAbsent(handle.pid(), handle));
    }

    /** Ends the process and its descendants, those included that outlived it. */
    synchronized void end() {
        look();
        List<ProcessHandle> doomed = new ArrayList<>();
        doomed.add(root);
        doomed.addAll(seen.values());
        for (ProcessHandle handle : doomed) {
            List<ProcessHandle> late = handle.descendants().toList();
            handle.destroyForcibly();
            late.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
