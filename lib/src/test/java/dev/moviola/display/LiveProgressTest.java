package dev.moviola.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.display.Progress.Fact;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LiveProgressTest {
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private final ProgressSink sink = new ProgressSink() {
        @Override
        public void show(Progress progress) {
            seen.add(progress.line());
        }

        @Override
        public void end(Progress last, String sentence) {
            seen.add(last.line() + "! " + sentence);
        }
    };

    private static Progress at(long done) {
        return new Progress("work", done, 0, 1_000, List.of(), "");
    }

    @Test
    void itIsShownAFewTimesASecondHoweverOftenItChanges() {
        long began = System.nanoTime();
        try (LiveProgress live = new LiveProgress(sink, "broken off")) {
            for (int i = 0; i <= 1_000_000; i++) {
                live.update(at(i));
            }
            live.end("all is done");
            live.update(at(5));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        assertThat(seen).hasSizeLessThanOrEqualTo((int) (4 * seconds) + 2);
        assertThat(seen.get(seen.size() - 1)).isEqualTo("work 1000000/1000! all is done");
    }

    @Test
    void whatWasNotEndedSaysSo() {
        try (LiveProgress live = new LiveProgress(sink, "broken off")) {
            live.update(at(3));
        }
        assertThat(seen.get(seen.size() - 1)).isEqualTo("work 3/1000! broken off");
    }

    @Test
    void aLineSaysWhatThereIsToSay() {
        List<Fact> facts = List.of(Fact.of("in flight", 2), Fact.plain("rate", "12/min"), Fact.of("left", "3 s"));
        assertThat(new Progress("dispatch", 4, 1, 10, facts, "draining").line())
                .isEqualTo("dispatch 4/10  failed 1  in flight 2  12/min  left 3 s  draining");
        assertThat(new Progress("reading", 4, 0, 0, List.of(), "").line()).isEqualTo("reading 4");
        assertThat(Progress.human(Duration.ofMillis(119_400))).isEqualTo("119 s");
        assertThat(Progress.human(Duration.ofSeconds(600))).isEqualTo("10 min");
        assertThat(Progress.human(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
    }

    @Test
    void itsHtmlIsABarWithFactsInWhichTextStaysText() {
        Progress progress = new Progress("a<b", 5, 1, 10, List.of(Fact.of("x", "<img src=x>")), "\"quoted\"");
        String html = Display.bundle(progress).textForm(MimeBundle.HTML).orElseThrow();
        assertThat(html)
                .contains("a&lt;b", "&lt;img src=x&gt;", "&quot;quoted&quot;", "width:50.00%", "width:10.00%")
                .contains("5 of 10")
                .doesNotContain("<img", "<script");
    }

    @Test
    void inAPipeItIsALineAtTheBeginningAndTwoAtTheEnd() {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            ProgressSink plain = ProgressSink.display();
            plain.show(at(1));
            plain.show(at(2));
            plain.show(at(3));
            plain.end(at(3), "all is done");
        } finally {
            System.setOut(out);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        String.format("work 1/1000%nwork 3/1000%nall is done%n").replace("1000\r\nall", "1000\nall"));
    }
}
