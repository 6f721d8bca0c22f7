package dev.moviola.kernel.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/** How full the heap is. */
final class HeapUse {
    private HeapUse() {}

    /** Whether more than half of the heap was still in use after its last collection. */
    static boolean tight() {
        Runtime runtime = Runtime.getRuntime();
        long half = runtime.maxMemory() / 2;
        // the management classes take their time to load, and mostly there is no need
        if (runtime.totalMemory() - runtime.freeMemory() <= half) {
            return false;
        }
        long kept = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            kept += usage == null ? 0 : usage.getUsed();
        }
        return kept > half;
    }
}
