package dev.moviola.campaign;

import dev.moviola.ledger.Job;
import dev.moviola.ledger.Parameters;
import dev.moviola.prompt.MutationSpec;
import dev.moviola.prompt.Variant;

/**
 * What a campaign is to do; frozen in run.json when it starts.
 *
 * @param title names the run folder and heads the report
 * @param mutation which variants of which prompts
 * @param backend who makes the clips
 * @param limits how hard it may be driven
 */
public record CampaignSpec(String title, MutationSpec mutation, BackendSpec backend, Limits limits) {
    /** The campaign that the verb runs when it is given nothing: 24 adversarial variants, offline. */
    public static CampaignSpec rehearsal() {
        return new CampaignSpec(
                "samurai vs T-rex",
                MutationSpec.of("samurai vs T-rex")
                        .total(24)
                        .control(true)
                        .seed(7)
                        .build(),
                BackendSpec.rehearsal(),
                Limits.none());
    }

    /** Reads what {@link #toParameters} wrote. */
    public static CampaignSpec of(String title, Parameters parameters) {
        return new CampaignSpec(
                title,
                MutationSpec.of(parameters.object("mutation")),
                BackendSpec.of(parameters.object("backend")),
                Limits.of(parameters.object("limits")));
    }

    /** The form in which it stands in run.json. */
    public Parameters toParameters() {
        return Parameters.of(
                "type", "campaign",
                "mutation", mutation.toParameters(),
                "backend", backend.toParameters(),
                "limits", limits.toParameters());
    }

    /** The job of a variant. Backends that take a seed get the variant's own, unless the request names one. */
    public Job job(Variant variant) {
        Parameters parameters = backend.request().with("prompt", variant.prompt());
        if (backend.name().equals("command") && !parameters.has("seed")) {
            parameters = parameters.with("seed", variant.seed());
        }
        return Job.generate(parameters, variant.toMetadata());
    }
}
