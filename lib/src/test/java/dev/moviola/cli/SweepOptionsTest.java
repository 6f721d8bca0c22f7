package dev.moviola.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.campaign.SweepSpec;
import dev.moviola.ledger.Money;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SweepOptionsTest {
    @TempDir
    private Path folder;

    private static final String PROGRAM = "--command=echo {guidance} --space=rehearsal ";

    @Command(name = "sweep")
    private static final class Words {
        @Mixin
        private SweepOptions options;
    }

    @Test
    void eachGoalHasItsDirectionAndTheFirstIsThatOfTheFirstOption() {
        assertThat(spec("--maximize overall --minimize melt").goals())
                .containsExactly(new Goal("overall", Direction.MAXIMIZE), new Goal("melt", Direction.MINIMIZE));
        assertThat(spec("--minimize melt --maximize overall").choice().why())
                .isEqualTo("nsga2, because there are 2 metrics");
        assertThat(spec("--metric melt --metric overall").goals())
                .containsExactly(new Goal("melt", Direction.MINIMIZE), new Goal("overall", Direction.MAXIMIZE));
        assertThat(spec("--metric melt --metric overall --maximize melt").goals())
                .containsExactly(new Goal("melt", Direction.MAXIMIZE), new Goal("overall", Direction.MAXIMIZE));
    }

    @Test
    void aDirectionWithoutANameIsThatOfEveryMetric() {
        assertThat(spec("--metric melt --minimize --trials 3").goals())
                .containsExactly(new Goal("melt", Direction.MINIMIZE));
        assertThat(spec("--maximize").goals()).containsExactly(new Goal("overall", Direction.MAXIMIZE));
        assertThat(spec("").goals()).containsExactly(new Goal("overall", Direction.MAXIMIZE));
        assertThat(spec(PROGRAM).goals()).containsExactly(new Goal("value", Direction.MINIMIZE));
        assertThat(spec(PROGRAM + "--maximize").goals()).containsExactly(new Goal("value", Direction.MAXIMIZE));
        assertThat(spec(PROGRAM + "--minimize loss --maximize=accuracy").goals())
                .containsExactly(new Goal("loss", Direction.MINIMIZE), new Goal("accuracy", Direction.MAXIMIZE));
    }

    @Test
    void directionsThatContradictEachOtherAreRefused() {
        refused("--minimize --maximize", "there must be --minimize or --maximize, but there were both");
        refused(
                "--minimize melt --maximize melt",
                "melt must be minimized or maximized, but --minimize melt and --maximize melt were given");
        refused("--metric melt --minimize --maximize overall", "but --minimize stood without a name");
        refused("--minimize beauty", "a metric must be one of", "but was beauty");
        refused(
                "--sampler tpe --minimize melt --maximize overall",
                "the sampler of a sweep with 2 metrics must take several, but tpe takes one; use nsga2");
        assertThatThrownBy(() -> CommandLine.populateCommand(new Words(), "--metric", "--minimize"))
                .hasMessageContaining("--metric must have a name");
    }

    @Test
    void aBudgetOfMoneySaysHowManyTrialsThereAre() throws IOException {
        Path space = Files.writeString(
                folder.resolve("space.yaml"),
                "parameters:\n  duration: {integer: [2, 8]}\n  resolution: {choice: [480p, 720p]}\n");
        SweepOptions options = options("--backend xai --budget-dollars 10 --space " + space);
        SweepSpec spec = options.spec(2);

        Money each = options.budget().orElseThrow().each();
        assertThat(spec.trials()).isEqualTo(Money.dollars(10).ticks() / each.ticks());
        assertThat(spec.limits().spendCap()).isEqualTo(Money.dollars(10));
        assertThat(options.budget().orElseThrow().moneySentence())
                .isEqualTo("$10.00 allows " + spec.trials() + " trials at the listed price of " + each + " each");
        refused(
                "--backend xai --budget-dollars 0.01 --space " + space,
                "a budget must allow a trial, but $0.01 allows 0 trials at the listed price of");
        refused("--budget-dollars -1", "--budget-dollars must be 0 or more");
        assertThat(spec("--budget-dollars 5").trials()).isEqualTo(40);
    }

    @Test
    void aBudgetOfHoursSaysHowManyTrialsThereAreWhereThatIsKnown() {
        SweepOptions options = options("--budget-hours 0.01");
        SweepSpec spec = options.spec(2);
        assertThat(spec.time()).isEqualTo(Duration.ofSeconds(36));
        assertThat(spec.trials())
                .isEqualTo(options.budget().orElseThrow().byTime().orElseThrow());
        assertThat(options.budget().orElseThrow().timeSentence()).contains("measured on one clip, 2 at a time");

        SweepSpec unknown = spec(PROGRAM + "--budget-hours 8");
        assertThat(unknown.trials()).isEqualTo(SweepSpec.OPEN_END);
        assertThat(unknown.choice().why()).startsWith("tpe, which is cheap, because it is not known");
        assertThat(spec(PROGRAM + "--budget-hours 8 --trials 30").trials()).isEqualTo(30);
        refused("--budget-hours 0", "--budget-hours must be above 0 and below 100000, but was 0.0");
    }

    @Test
    void trialsInOrderAreAsManyAtATimeAsRunBesideEachOther() {
        assertThat(options(PROGRAM + "--in-order").spec(4).inOrder()).isEqualTo(4);
        refused(PROGRAM + "--in-order --pruner median", "a sweep in order must have no pruner", "had median");
        SweepSpec loose = spec(PROGRAM);
        assertThatThrownBy(() -> options("--in-order").agreeWith(loose))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("it was as they end, but now is in order");
    }

    @Test
    void whatIsGoneOnWithMustKeepItsGoals() {
        SweepSpec before = spec("--minimize melt --maximize overall");
        options("--minimize melt --maximize overall --budget-hours 3").agreeWith(before);
        options("").agreeWith(before);
        assertThatThrownBy(() -> options("--metric melt").agreeWith(before))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(
                        "a sweep must keep its metric when it is resumed: it was minimize melt, maximize overall,"
                                + " but now is minimize melt;");
    }

    private static void refused(String words, String... parts) {
        assertThatThrownBy(() -> spec(words)).isInstanceOf(UsageException.class).satisfies(e -> assertThat(
                        List.of(parts))
                .allSatisfy(part -> assertThat(e).hasMessageContaining(part)));
    }

    private static SweepSpec spec(String words) {
        return options(words).spec(2);
    }

    private static SweepOptions options(String words) {
        String[] each = words.isBlank()
                ? new String[0]
                : words.replace("echo {", "echo_{").strip().split(" +");
        for (int i = 0; i < each.length; i++) {
            each[i] = each[i].replace("echo_{", "echo {");
        }
        return CommandLine.populateCommand(new Words(), each).options;
    }
}
