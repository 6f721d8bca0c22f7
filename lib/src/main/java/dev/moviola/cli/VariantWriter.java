package dev.moviola.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.prompt.Mutator;
import dev.moviola.prompt.Variant;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes the variants of a {@link Mutator} one by one, so that their number does not matter. */
public final class VariantWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN_EVERY = 10_000;

    private final Mutator mutator;
    private final Console console;

    /** Writes to {@code console}, or tells it about the file written. */
    public VariantWriter(Mutator mutator, Console console) {
        this.mutator = mutator;
        this.console = console;
    }

    /** Prints a line for each variant: its number and its prompt. */
    public void toLines() {
        int digits = Math.max(1, Long.toString(mutator.count() - 1).length());
        int width = console.width();
        long printed = 0;
        for (Variant variant : mutator) {
            printed++;
            String number = Long.toString(variant.index());
            String line = " ".repeat(digits - number.length()) + number + "  " + TextWidth.oneLine(variant.prompt());
            console.print(TextWidth.fit(line, width));
            if (console.outGone()) {
                return;
            }
        }
        console.note(summary(printed));
    }

    /** Prints one JSON document with all variants. */
    public void toJson() throws IOException {
        console.note(summary(mutator.count()));
        try (JsonGenerator json = console.jsonStream()) {
            json.writeStartObject();
            json.writeNumberField("count", mutator.count());
            json.writeNumberField("possible", new BigDecimal(mutator.possible()));
            json.writeStringField("strategy", mutator.spec().strategy().id());
            json.writeNumberField("seed", mutator.spec().seed());
            json.writeArrayFieldStart("variants");
            for (Variant variant : mutator) {
                json.writeObject(object(variant));
                if (variant.index() % SHOWN_EVERY == 0 && console.outGone()) {
                    break;
                }
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /**
     * Writes one JSON object per line. The file appears when it is complete.
     *
     * @throws UsageException when the file cannot be written
     */
    public void toFile(Path file) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        long written = 0;
        try {
            try {
                try (BufferedWriter writer = Files.newBufferedWriter(part)) {
                    for (Variant variant : mutator) {
                        writer.write(JSON.writeValueAsString(object(variant)));
                        writer.write('\n');
                        if (++written % SHOWN_EVERY == 0) {
                            console.progress(written + " of " + mutator.count() + " variants");
                        }
                    }
                }
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UsageException("cannot write the variants to " + file + ": " + e, e);
        }
        if (console.isOnlyJson()) {
            console.json(Map.of("count", written, "possible", mutator.possible(), "out", file.toString()));
        } else {
            console.print(file.toString());
        }
        console.note(summary(written));
    }

    private String summary(long count) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d possible variants, %s, seed %d",
                count,
                mutator.possible(),
                mutator.spec().strategy().id(),
                mutator.spec().seed());
    }

    private static Map<String, Object> object(Variant variant) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("prompt", variant.prompt());
        object.putAll(variant.toMetadata().asMap());
        return object;
    }
}
