package dev.moviola.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.kernel.protocol.Message;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign in the cells of a notebook: what is seen while it lasts, and what an interrupt leaves behind. */
class CampaignCellsTest {
    @TempDir
    private static Path folder;

    private static KernelClient client;

    @BeforeAll
    static void start() {
        client = new KernelClient(folder);
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    private static String begin(String name, int variants) {
        return """
                var %s = dev.moviola.campaign.Campaign.start(Path.of("%s"), new dev.moviola.campaign.CampaignSpec(
                    "%s",
                    dev.moviola.prompt.MutationSpec.of("samurai vs T-rex").total(%d).seed(7).build(),
                    dev.moviola.campaign.BackendSpec.rehearsal(),
                    dev.moviola.campaign.Limits.none()));
                """.formatted(name, folder.resolve("runs"), name, variants);
    }

    private static List<Message> displays(KernelClient.Executed executed) {
        return executed.shown().stream()
                .filter(message -> message.type().endsWith("display_data"))
                .toList();
    }

    private static String html(Message display) {
        return display.content().at("/data/text~1html").asText();
    }

    @Test
    void aLongStepIsOneDisplayThatIsUpdatedInPlaceAndStays() {
        assertThat(client.execute(begin("small", 3)).status()).isEqualTo("ok");
        long began = System.nanoTime();
        List<Message> dispatch = displays(client.execute("small.dispatch().done()"));
        double seconds = (System.nanoTime() - began) / 1e9;
        assertThat(dispatch).hasSizeBetween(2, (int) (4 * seconds) + 3);
        assertThat(dispatch.get(0).type()).isEqualTo("display_data");
        assertThat(dispatch.subList(1, dispatch.size())).allMatch(m -> m.type().equals("update_display_data"));
        Set<String> ids = dispatch.stream()
                .map(m -> m.content().at("/transient/display_id").asText())
                .collect(Collectors.toSet());
        assertThat(ids).hasSize(1);
        Message last = dispatch.get(dispatch.size() - 1);
        assertThat(html(last)).contains("3 of 3", "progressbar", "dispatched 3 done, 3 submitted");
        assertThat(last.content().at("/data/text~1plain").asText())
                .startsWith("dispatch 3/3  in flight 0")
                .contains("\ndispatched 3 done");

        List<Message> score = displays(client.execute("small.score();"));
        assertThat(html(score.get(score.size() - 1))).contains("scored 3 clips, 144 frames in ", "frames/s");
        client.execute("small.close();");
    }

    @Test
    void aDispatchThatWasInterruptedGoesOnFromTheNextCell() {
        Message running = client.submit(begin("large", 6) + "large.dispatch();");
        while (!client.broadcast().type().equals("display_data")) {
            continue;
        }
        client.session().interrupt();
        KernelClient.Executed interrupted = client.await(running);
        assertThat(interrupted.status()).isEqualTo("error");
        List<Message> displays = displays(interrupted);
        assertThat(html(displays.get(displays.size() - 1))).contains("stopped; resume asks after what was accepted");

        assertThat(client.execute("large.dispatch().isAllDone()").result()).isEqualTo("true");
        assertThat(client.execute("large.run().ledger().tally().paid()").result())
                .as("submissions that the generator took: nothing is paid for twice")
                .isEqualTo("6");

        running = client.submit("large.score();");
        while (!client.broadcast().type().equals("display_data")) {
            continue;
        }
        client.session().interrupt();
        assertThat(client.await(running).status()).isEqualTo("error");
        client.execute("large.score();");
        assertThat(client.execute("dev.moviola.frame.RunTable.of(large.run()).doubleColumn(\"overall\").countMissing()")
                        .result())
                .as("an interrupt spoils no score")
                .isEqualTo("0");
        assertThat(client.execute("large.close();").status()).isEqualTo("ok");
    }

    @Test
    void aSearchThatWasInterruptedGoesOnFromTheNextCell() {
        assertThat(client.execute("""
                        import dev.moviola.campaign.*;
                        import dev.moviola.sweep.*;
                        Sweep sweep = Sweep.start(Path.of("%s"), SweepSpec.of(
                            Space.empty().real("guidance", 1, 10).integer("num_steps", 10, 50), "overall")
                            .withTrials(16).withSeed(7));
                        """.formatted(folder.resolve("runs"))).status())
                .isEqualTo("ok");
        Message running = client.submit("sweep.search();");
        Message shown = client.broadcast();
        while (!shown.type().endsWith("display_data") || !html(shown).matches("(?s).*\\b[1-9] of 16\\b.*")) {
            shown = client.broadcast();
        }
        client.session().interrupt();
        assertThat(client.await(running).status()).isEqualTo("error");
        assertThat(client.execute("sweep.study().trials().stream().anyMatch(t -> t.state() == TrialState.FAILED)")
                        .result())
                .as("an interrupt fails no trial")
                .isEqualTo("false");

        List<Message> rest = displays(client.execute("sweep.search();"));
        assertThat(html(rest.get(rest.size() - 1))).contains("16 of 16");
        assertThat(client.execute("sweep.study().trials().stream()"
                                + ".filter(t -> t.state() == TrialState.COMPLETE).map(TrialRecord::number).toList()")
                        .result())
                .isEqualTo(IntStream.range(0, 16).boxed().toList().toString());
        assertThat(client.execute("var clips = new java.util.ArrayList<String>();"
                                + "sweep.run().ledger().eachJob(job -> { if (job.job().kind().equals(\"generate\")) "
                                + "clips.add(job.state() + \" \" + sweep.run().ledger().submissions(job.job().key())"
                                + ".stream().filter(made -> made.accepted() != null).count()); }); clips")
                        .result())
                .as("each clip was taken by the generator once")
                .isEqualTo(Collections.nCopies(16, "DONE 1").toString());
        assertThat(client.execute("sweep.close();").status()).isEqualTo("ok");
    }

    @Test
    void aStudyOfTheUsersOwnThatWasInterruptedGoesOnFromTheNextCell() {
        assertThat(client.execute("""
                        import dev.moviola.sweep.*;
                        boolean slow = true;
                        Study study = Study.inMemory().space(Space.empty().real("x", -2, 2)).minimize("loss");
                        Objective objective = trial -> {
                            if (trial.number() == 3) {
                                System.out.println("third");
                                while (slow) {}
                            }
                            return trial.suggestDouble("x", -2, 2);
                        };
                        """).status()).isEqualTo("ok");
        Message running = client.submit("study.optimize(objective, 10);");
        while (!client.broadcast().content().path("text").asText().contains("third")) {
            continue;
        }
        client.session().interrupt();
        assertThat(client.await(running).status()).isEqualTo("error");

        assertThat(client.execute("slow = false; study.optimize(objective, 10); study.trials().stream()"
                                + ".filter(t -> t.state() == TrialState.COMPLETE).count()")
                        .result())
                .isEqualTo("10");
    }
}
