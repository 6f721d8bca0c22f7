package dev.moviola.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DisplayTest {
    private record Celsius(double degrees) {}

    private record Moody(String text) {
        @Override
        public String toString() {
            throw new IllegalStateException("not today");
        }
    }

    private record Thermometer() implements Renderer<Celsius> {
        @Override
        public Class<Celsius> type() {
            return Celsius.class;
        }

        @Override
        public MimeBundle render(Celsius value, RenderLimits limits) {
            if (value.degrees() < -273.15) {
                throw new IllegalArgumentException("colder than possible");
            }
            return MimeBundle.html("<b>" + value.degrees() + "°</b>", value.degrees() + " °C");
        }
    }

    @Test
    void aPlainValueIsShownAsItsText() {
        assertThat(Display.bundle(42).forms()).isEqualTo(Map.of(MimeBundle.TEXT, "42"));
        assertThat(Display.bundle(null).plain()).isEqualTo("null");
        assertThat(Display.bundle(new int[][] {{1, 2}, {3}}).plain()).isEqualTo("[[1, 2], [3]]");
    }

    @Test
    void aLargeValueIsCutAndSaysSo() {
        RenderLimits limits = new RenderLimits(3, 3, 16);
        assertThat(Display.bundle(new double[1_000], limits).plain()).isEqualTo("[0.0, 0.0, 0.0, … (1000 items)]");
        assertThat(Display.bundle(Collections.nCopies(50, "x"), limits).plain()).isEqualTo("[x, x, x, … (50 items)]");
        assertThat(Display.bundle(new StringBuilder("y".repeat(40)), limits).plain())
                .as("text that was asked for is never cut")
                .hasSize(40);
        assertThat(Display.bundle(new java.math.BigInteger("9".repeat(30)), limits)
                        .plain())
                .isEqualTo("9".repeat(16) + "… (30 characters)");
    }

    @Test
    void aValueThatCannotBeMadeTextIsShownAllTheSame() {
        assertThat(Display.bundle(new Moody("")).plain()).contains("Moody", "its toString failed", "not today");
    }

    @Test
    void aDisplayableShowsItself() {
        Displayable clip = () -> MimeBundle.html("<video></video>", "clip");
        assertThat(Display.bundle(clip).textForm(MimeBundle.HTML)).contains("<video></video>");
    }

    @Test
    void aRegisteredRendererShowsValuesOfItsTypeAndAFailingOneFallsBackToText() {
        Display.register(new Thermometer());
        assertThat(Display.bundle(new Celsius(20)).textForm(MimeBundle.HTML)).contains("<b>20.0°</b>");
        assertThat(Display.bundle(new Celsius(-300)).plain())
                .contains("Celsius[degrees=-300.0]", "could not be rendered", "colder than possible");
    }

    @Test
    void whatIsShownGoesToTheTargetUntilTheRedirectionIsClosed() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        DisplayTarget before = Display.target();
        DisplayTarget kernel = new DisplayTarget() {
            @Override
            public void show(String id, MimeBundle bundle) {
                seen.add("show " + bundle.plain());
            }

            @Override
            public void update(String id, MimeBundle bundle) {
                seen.add("update " + id + " " + bundle.plain());
            }
        };
        try (Display.Redirect redirect = Display.redirect(kernel)) {
            assertThat(redirect).isNotNull();
            String id = Display.show("one");
            Display.update("mine", "two");
            assertThat(id).isNotBlank();
        }
        assertThat(Display.target()).isSameAs(before);
        assertThat(seen).containsExactly("show one", "update mine two");
    }

    @Test
    void closingARedirectionLeavesALaterOneAlone() {
        DisplayTarget before = Display.target();
        List<String> seen = new ArrayList<>();
        Display.Redirect first = Display.redirect(recording(new ArrayList<>()));
        try (Display.Redirect second = Display.redirect(recording(seen))) {
            assertThat(second).isNotNull();
            first.close();
            Display.show("kept");
        } finally {
            Display.redirect(before);
        }
        assertThat(seen).containsExactly("kept");
    }

    @Test
    void outsideAKernelPlainTextIsPrinted() {
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            Display.show(MimeBundle.html("<i>no</i>", "yes"));
            Display.update("x", "more");
        } finally {
            System.setOut(out);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("yes\nmore\n");
    }

    @Test
    void aBundleAlwaysHasPlainTextFirst() {
        MimeBundle bundle = MimeBundle.png(new byte[] {1}, "a chart").sized(MimeBundle.PNG, 400, 300);
        assertThat(bundle.mediaTypes()).containsExactly(MimeBundle.TEXT, MimeBundle.PNG);
        assertThat(bundle.metadata()).containsEntry(MimeBundle.PNG, Map.of("width", 400, "height", 300));
        assertThat(bundle)
                .isEqualTo(MimeBundle.of(Map.of("text/plain", "a chart", "image/png", new byte[] {1}))
                        .sized(MimeBundle.PNG, 400, 300));
        assertThat(bundle.bytesForm(MimeBundle.PNG).orElseThrow()).containsExactly(1);
        assertThatThrownBy(() -> MimeBundle.of(Map.of("text/html", "<p>")))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("text/plain form");
        assertThatThrownBy(() -> bundle.with("html", "x")).hasMessageContaining("must look like text/html");
        assertThatThrownBy(() -> bundle.with("text/html", new Object())).hasMessageContaining("java.lang.Object");
    }

    private static DisplayTarget recording(List<String> seen) {
        return new DisplayTarget() {
            @Override
            public void show(String id, MimeBundle bundle) {
                seen.add(bundle.plain());
            }

            @Override
            public void update(String id, MimeBundle bundle) {
                seen.add(bundle.plain());
            }
        };
    }
}
