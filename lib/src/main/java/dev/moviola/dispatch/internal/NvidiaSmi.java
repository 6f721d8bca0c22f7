package dev.moviola.dispatch.internal;

import dev.moviola.dispatch.DeviceMemory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads the free memory of GPUs from {@code nvidia-smi}. A missing, failing or hanging program means no GPU. */
public final class NvidiaSmi implements DeviceMemory {
    private static final int LONGEST_ANSWER = 1 << 16;

    private final List<String> command;
    private final Duration timeout;

    /** Will start {@code command} with the options of {@code nvidia-smi} added. */
    public NvidiaSmi(List<String> command, Duration timeout) {
        List<String> full = new ArrayList<>(command);
        full.add("--query-gpu=index,memory.free");
        full.add("--format=csv,noheader,nounits");
        this.command = List.copyOf(full);
        this.timeout = timeout;
    }

    @Override
    public Map<String, Long> freeMebibytes() {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Map.of();
        }
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> readAll(process.getInputStream()));
        try {
            process.getOutputStream().close();
            String text = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            boolean ended = process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return ended && process.exitValue() == 0 ? parse(text) : Map.of();
        } catch (TimeoutException | ExecutionException | IOException e) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads lines of {@code index, mebibytes}; lines that say anything else, such as {@code [N/A]}, are passed over. */
    static Map<String, Long> parse(String csv) {
        Map<String, Long> free = new LinkedHashMap<>();
        for (String line : csv.split("\\R")) {
            int comma = line.indexOf(',');
            String amount = line.substring(comma + 1).trim();
            if (comma > 0 && amount.matches("\\d{1,12}")) {
                free.put(line.substring(0, comma).trim(), Long.parseLong(amount));
            }
        }
        return free;
    }

    private static String readAll(InputStream in) {
        try {
            return new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
