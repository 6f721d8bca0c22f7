package dev.moviola.kernel.install;

import java.nio.file.Path;
import java.util.List;

/**
 * A kernel that Jupyter knows.
 *
 * @param name its name
 * @param displayName what a user reads
 * @param folder where its kernelspec lies
 * @param command how it is started, {@code {connection_file}} standing for the file
 * @param ours whether it was written by {@link KernelInstaller}
 */
public record InstalledKernel(String name, String displayName, Path folder, List<String> command, boolean ours) {
    /** Copies the list. */
    public InstalledKernel {
        command = List.copyOf(command);
    }
}
