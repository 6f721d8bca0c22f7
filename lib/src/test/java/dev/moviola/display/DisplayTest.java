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
import org.jspecify.annotations.Nullable;
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

    record Point(int x, @Nullable String label, double[] path) {}

    record Price(long cents) {
        @Override
        public String toString() {
            return cents / 100 + " dollars";
        }
    }

    private static String html(Object value) {
        return Display.bundle(value, new RenderLimits(3, 3, 40))
                .textForm(MimeBundle.HTML)
                .orElse("")
                .replaceAll("(?s)<style>.*?</style>", "")
                .replaceAll(" (scope|class|style)=\"[^\"]*\"", "");
    }

    @Test
    void collectionsArraysMapsAndRecordsAreTables() {
        assertThat(html(List.of("a", "<b>")))
                .isEqualTo(
                        "<div><table><thead><tr><th></th><th>value</th></tr></thead><tbody>"
                                + "<tr><th>0</th><td>a</td></tr><tr><th>1</th><td>&lt;b&gt;</td></tr></tbody></table><p>List: 2 items</p></div>");
        assertThat(html(new int[1_000]))
                .endsWith("<tr><th>2</th><td>0</td></tr></tbody></table>"
                        + "<p>int[1000]: the first 3 of 1,000 items</p></div>");
        assertThat(html(new double[][] {{1, 2}, {3}}))
                .contains("<th>0</th><th>1</th></tr></thead>", "<th>1</th><td>3.0</td><td></td>");
        assertThat(html(new java.util.TreeMap<>(Map.of("k", new int[] {1, 2}, "l", List.of()))))
                .contains("<tr><td>k</td><td>[1, 2]</td></tr><tr><td>l</td><td>[]</td></tr>", "TreeMap: 2 entries");
        assertThat(html(new Point(1, null, new double[] {0.5})))
                .contains("<tr><th>x</th><td>1</td></tr><tr><th>label</th><td>null</td></tr>")
                .contains("<th>path</th><td>[0.5]</td>", "<p>Point</p>");
        assertThat(html(List.of(new Point(1, "a", new double[0]), new Point(2, "b", new double[9]))))
                .contains("<th></th><th>x</th><th>label</th><th>path</th>")
                .contains("<th>1</th><td>2</td><td>b</td><td>[0.0, 0.0, 0.0, … (9 items)]</td>");
        assertThat(html(List.of(Map.of("a", 1), Map.of("a", 2))))
                .contains("<th></th><th>a</th>", "<th>1</th><td>2</td>");
    }

    @Test
    void whatSaysItBetterItselfIsNoTable() {
        assertThat(html(new Price(500))).isEmpty();
        assertThat(html(List.of())).isEmpty();
        assertThat(html(Map.of())).isEmpty();
        assertThat(html(7)).isEmpty();
        assertThat(html(List.of(new Price(500), new Price(700)))).contains("<th>0</th><td>5 dollars</td>");
    }

    @Test
    void aValueThatHoldsItselfOrFailsIsShownAllTheSame() {
        List<Object> loop = new ArrayList<>();
        loop.add(loop);
        assertThat(Display.bundle(loop).plain()).isEqualTo("[(itself)]");
        assertThat(html(loop)).contains("[(itself)]");
        assertThat(Display.bundle(List.of(new Moody("x"))).plain()).contains("its toString failed");
        java.util.AbstractList<String> broken = new java.util.AbstractList<>() {
            @Override
            public String get(int index) {
                throw new IllegalStateException("not today");
            }

            @Override
            public int size() {
                return 2;
            }
        };
        assertThat(Display.bundle(broken).plain()).contains("not today");
        assertThat(Display.bundle(new int[20][20][20][20][20]).plain()).hasSizeLessThan(3_000);
    }
}
