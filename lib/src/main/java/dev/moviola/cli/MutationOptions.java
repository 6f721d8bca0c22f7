package dev.moviola.cli;

import dev.moviola.prompt.ModifierPool;
import dev.moviola.prompt.MutationSpec;
import dev.moviola.prompt.PoolFile;
import dev.moviola.prompt.Strategy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of every verb that makes variants, to be used as a picocli mixin. */
public final class MutationOptions {
    /** The base prompt when none is given. */
    public static final String DEFAULT_PROMPT = "samurai vs T-rex";

    /** How many variants of each base prompt when no number is given. */
    public static final long DEFAULT_VARIANTS = 24;

    private static final int MAX_FILE_BYTES = 64 << 20;

    @Parameters(paramLabel = "PROMPT", arity = "0..*", description = "Base prompts. Default: " + DEFAULT_PROMPT + ".")
    private List<String> prompts = new ArrayList<>();

    @Option(names = "--prompt", paramLabel = "TEXT", description = "A base prompt; may be given several times.")
    private List<String> promptOptions = new ArrayList<>();

    @Option(names = "--prompts", paramLabel = "FILE", description = "A file with a base prompt on each line.")
    private @Nullable Path promptFile;

    @Option(names = "--variants", paramLabel = "N", description = "Variants of each base prompt. Default: 24.")
    private @Nullable Long variants;

    @Option(names = "--total", paramLabel = "N", description = "Variants in all.")
    private @Nullable Long total;

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            defaultValue = "adversarial",
            description = "random, adversarial, combinatorial or pairwise. Default: ${DEFAULT-VALUE}.")
    private String strategy = "adversarial";

    @Option(
            names = "--pool",
            paramLabel = "FILE",
            description = "A JSON or YAML file with pools and combinations of your own; may be given several times.")
    private List<Path> poolFiles = new ArrayList<>();

    @Option(
            names = "--pools",
            paramLabel = "NAMES",
            split = ",",
            description = "Use only these pools. Built in: physics, camera, coherence, environment, quality.")
    private List<String> poolNames = new ArrayList<>();

    @Option(names = "--modifiers", paramLabel = "A..B", description = "The fewest and most modifiers of a variant.")
    private @Nullable String modifiers;

    @Option(names = "--control", description = "Make the unchanged base prompt the first of its variants.")
    private boolean control;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "The same seed gives the same variants. Default: ${DEFAULT-VALUE}.")
    private long seed;

    /**
     * The specification that was asked for.
     *
     * @throws UsageException when the options make no sense
     */
    public MutationSpec spec() {
        return UsageException.check(this::make);
    }

    private MutationSpec make() {
        MutationSpec.Builder spec = MutationSpec.of(basePrompts())
                .strategy(Strategy.of(strategy))
                .control(control)
                .seed(seed);
        for (Path file : poolFiles) {
            spec.add(PoolFile.read(file));
        }
        if (!poolNames.isEmpty()) {
            spec.pools(chosen(spec.pools()));
        }
        if (modifiers != null) {
            modifiers(spec, modifiers);
        }
        if (variants != null) {
            spec.variantsPerBase(atLeastOne("--variants", variants));
        } else if (total == null) {
            spec.variantsPerBase(DEFAULT_VARIANTS);
        }
        if (total != null) {
            spec.total(atLeastOne("--total", total));
        }
        return spec.build();
    }

    private List<String> basePrompts() {
        List<String> all = new ArrayList<>(prompts);
        all.addAll(promptOptions);
        if (promptFile != null) {
            all.addAll(lines(promptFile));
        }
        return all.isEmpty() ? List.of(DEFAULT_PROMPT) : all;
    }

    private List<ModifierPool> chosen(List<ModifierPool> pools) {
        Set<String> wanted = new TreeSet<>(poolNames);
        List<ModifierPool> chosen =
                pools.stream().filter(pool -> wanted.remove(pool.name())).toList();
        if (!wanted.isEmpty()) {
            throw new UsageException("there is no pool " + String.join(", ", wanted) + "; there are "
                    + pools.stream().map(ModifierPool::name).collect(Collectors.joining(", ")));
        }
        return chosen;
    }

    private static void modifiers(MutationSpec.Builder spec, String range) {
        if (!range.matches("[0-9]{1,4}(\\.\\.[0-9]{1,4})?")) {
            throw new UsageException("--modifiers must be a number or a range such as 1..3, but was " + range);
        }
        int dots = range.indexOf("..");
        int fewest = Integer.parseInt(dots < 0 ? range : range.substring(0, dots));
        spec.modifiers(fewest, dots < 0 ? fewest : Integer.parseInt(range.substring(dots + 2)));
    }

    private static long atLeastOne(String option, long value) {
        if (value < 1) {
            throw new UsageException(option + " must be 1 or more, but was " + value);
        }
        return value;
    }

    private static List<String> lines(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw new UsageException(
                        "a prompt file must have at most " + MAX_FILE_BYTES + " bytes, but " + file + " has more");
            }
            List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            if (lines.isEmpty()) {
                throw new UsageException("the prompt file " + file + " has no prompt; write one on each line");
            }
            return lines;
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no prompt file " + file, e);
        } catch (IOException e) {
            throw new UsageException("cannot read the prompt file " + file + ": " + e.getMessage(), e);
        }
    }
}
