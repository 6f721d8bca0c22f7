package dev.moviola.ledger;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wanted from the outside world: usually one clip.
 *
 * <p>Everything that determines the result is in {@code parameters}, and the {@link #key()} is made from them and from
 * the {@code kind} alone. To ask for the same thing twice, add a parameter that says so, such as {@code repeat=2}.
 *
 * @param key the content key
 * @param kind what is to be done, in a word that the backend understands: {@code generate}, {@code upscale}, {@code
 *     combine}
 * @param parameters what determines the result: prompt, seed, duration …
 * @param dependsOn keys of the jobs that must be done before this one is submitted, in order
 * @param group jobs of one group may be served by one submission; null when a job stands alone
 * @param metadata what does not determine the result but belongs to the record: strategy, modifiers, base prompt
 */
public record Job(
        JobKey key,
        String kind,
        Parameters parameters,
        List<JobKey> dependsOn,
        @Nullable String group,
        Parameters metadata) {
    /** Copies the dependencies. */
    public Job {
        dependsOn = List.copyOf(dependsOn);
    }

    /** A job of the kind {@code generate} that stands alone. */
    public static Job generate(Parameters parameters, Parameters metadata) {
        return of("generate", parameters, metadata);
    }

    /** A job that stands alone. */
    public static Job of(String kind, Parameters parameters, Parameters metadata) {
        JobKey key =
                new JobKey(Parameters.of("kind", kind, "parameters", parameters).sha256());
        return new Job(key, kind, parameters, List.of(), null, metadata);
    }

    /** This job, to be submitted only after {@code keys} are done. */
    public Job after(List<JobKey> keys) {
        return new Job(key, kind, parameters, keys, group, metadata);
    }

    /** This job as a member of {@code name}. */
    public Job inGroup(String name) {
        return new Job(key, kind, parameters, dependsOn, name, metadata);
    }

    /** The group, if there is one. */
    public Optional<String> groupName() {
        return Optional.ofNullable(group);
    }
}
