package dev.moviola.prompt;

import dev.moviola.ledger.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One prompt to try, and how it came about.
 *
 * @param prompt the text to send
 * @param basePrompt the prompt that it is a variant of
 * @param modifiers what was added, in the order of the text; empty for the control, which is the base prompt itself
 * @param strategy how the modifiers were chosen
 * @param seed a number from 0 to 2^31-1 that follows from the mutation's seed and the index, for generators that take
 *     one
 * @param index its place in the stream, counted from 0
 */
public record Variant(
        String prompt, String basePrompt, List<ModifierUse> modifiers, Strategy strategy, long seed, long index) {
    /** Copies the modifiers. */
    public Variant {
        modifiers = List.copyOf(modifiers);
    }

    /** The metadata of a job: {@code base_prompt, strategy, variant, variant_seed, modifiers}. */
    public Parameters toMetadata() {
        List<Map<String, Object>> uses = new ArrayList<>();
        for (ModifierUse use : modifiers) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("pool", use.pool());
            item.put("text", use.text());
            item.put("position", use.position());
            uses.add(item);
        }
        return Parameters.of(
                "base_prompt",
                basePrompt,
                "strategy",
                strategy.id(),
                "variant",
                index,
                "variant_seed",
                seed,
                "modifiers",
                uses);
    }

    /** The variant that {@link #toMetadata()} described, with the prompt that was sent. */
    public static Variant of(String prompt, Parameters metadata) {
        List<ModifierUse> uses = new ArrayList<>();
        for (Object item : metadata.list("modifiers")) {
            Parameters use = Parameters.of("use", item).object("use");
            uses.add(new ModifierUse(use.text("pool"), use.text("text"), (int) use.integer("position")));
        }
        return new Variant(
                prompt,
                metadata.text("base_prompt"),
                uses,
                Strategy.of(metadata.text("strategy")),
                metadata.integer("variant_seed"),
                metadata.integer("variant"));
    }
}
