package dev.moviola.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes and one run folder. */
class SecondProcessTest {
    @TempDir
    Path root;

    /** Adds a job to a run, says so, and holds the run until its input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (Run run = Run.open(Path.of(arguments[0]))) {
                run.ledger().add(List.of(LedgerContract.job(1))).join();
                System.out.println("held");
                while (System.in.read() >= 0) {
                    run.ledger().note(null, "asked", Parameters.none()).join();
                    System.out.println("noted");
                }
            }
        }
    }

    /** Tries to open a run, and says what it was told. */
    static final class Visitor {
        private Visitor() {}

        public static void main(String[] arguments) {
            try (Run run = Run.open(Path.of(arguments[0]))) {
                System.out.println("opened " + run.name());
            } catch (RunInUseException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void aSecondProcessIsToldWhoHoldsTheRun() throws Exception {
        try (Run run = Run.create(root, "held here", Parameters.none());
                ChildJvm visitor = ChildJvm.start(Visitor.class, run.folder().toString())) {
            assertThat(visitor.rest())
                    .singleElement()
                    .asString()
                    .contains(
                            run.folder().toString(),
                            "held by process " + ProcessHandle.current().pid() + " on ");
        }
    }

    @Test
    void aRunThatIsHeldElsewhereCanBeLookedAtAndIsFreeOnceItsHolderIsKilled() throws Exception {
        Path folder;
        try (Run run = Run.create(root, "held there", Parameters.none())) {
            folder = run.folder();
        }
        try (ChildJvm holder = ChildJvm.start(Holder.class, folder.toString())) {
            assertThat(holder.line()).isEqualTo("held");
            assertThatThrownBy(() -> Run.open(folder))
                    .isInstanceOf(RunInUseException.class)
                    .hasMessageContaining("held by process " + holder.pid() + " on ");
            try (Run look = Run.look(folder)) {
                assertThat(look.ledger().tally().total()).isEqualTo(1);
                assertThat(look.ledger().notes("asked")).isEmpty();
                holder.write('?');
                assertThat(holder.line()).isEqualTo("noted");
                assertThat(look.ledger().notes("asked")).hasSize(1);
                assertThatThrownBy(() -> look.ledger()
                                .note(null, "asked", Parameters.none())
                                .join())
                        .hasMessageContaining("reading only");
            }
            assertThat(holder.kill()).isEmpty();
        }
        try (Run run = Run.open(folder)) {
            assertThat(run.ledger().notes("asked")).hasSize(1);
            run.ledger().add(List.of(LedgerContract.job(2))).join();
            LedgerAudit.check(run.ledger());
        }
    }
}
