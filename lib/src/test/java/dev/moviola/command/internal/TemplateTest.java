package dev.moviola.command.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TemplateTest {
    @Test
    void aLineIsTakenApartLikeAShellWould() {
        assertThat(Template.split("python  gen.py 'one two' \"three \\\"four\\\"\" five\\ six '' a'b'\"c\""))
                .containsExactly("python", "gen.py", "one two", "three \"four\"", "five six", "", "abc");
    }

    @Test
    void nothingInALineIsExpanded() {
        assertThat(Template.split("echo $HOME `date` $(id) *.mp4 ; rm -rf / && x > y"))
                .containsExactly(
                        "echo", "$HOME", "`date`", "$(id)", "*.mp4", ";", "rm", "-rf", "/", "&&", "x", ">", "y");
    }

    @Test
    void aQuoteThatIsLeftOpenIsRefused() {
        assertThatThrownBy(() -> Template.parse("gen 'oops"))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("must be closed")
                .hasMessageContaining("gen 'oops");
    }

    @Test
    void anEmptyCommandIsRefused() {
        assertThatThrownBy(() -> Template.parse("   ")).isInstanceOf(MoviolaException.class);
    }

    @Test
    void placesAreFilledInsideTheirArgument() {
        Template template = Template.parse("gen --prompt={prompt} '{out}.{ext}'");
        Map<String, String> values = Map.of("prompt", "a b; rm -rf \"$HOME\"\n", "out", "/x y", "ext", "mp4");

        assertThat(template.names()).containsExactly("ext", "out", "prompt");
        assertThat(template.fill(values::get)).containsExactly("gen", "--prompt=a b; rm -rf \"$HOME\"\n", "/x y.mp4");
    }

    @Test
    void bracesAreWrittenTwice() {
        assertThat(Template.parse("gen '{{\"seed\": {seed}}}'").fill(name -> "7"))
                .containsExactly("gen", "{\"seed\": 7}");
    }

    @Test
    void whatLooksLikeAPlaceholderButIsNoneIsRefused() {
        for (String line : List.of("gen {", "gen {a b}", "gen {}", "gen {out")) {
            assertThatThrownBy(() -> Template.parse(line))
                    .as(line)
                    .isInstanceOf(MoviolaException.class)
                    .hasMessageContaining("a placeholder must be {name}");
        }
    }

    @Test
    void theProgramIsKnownUnlessItIsAPlaceholder() {
        assertThat(Template.parse("gen {out}").program()).contains("gen");
        assertThat(Template.parse("{tool} {out}").program()).isEmpty();
    }

    @Property(tries = 200)
    void quotedWordsComeBackAsTheyWere(@ForAll @Size(min = 1, max = 6) List<String> words) {
        List<String> quoted = new ArrayList<>();
        for (String word : words) {
            quoted.add("'" + word.replace("'", "'\\''") + "'");
        }
        assertThat(Template.split(String.join(" ", quoted))).isEqualTo(words);
    }

    @Property(tries = 200)
    void noValueEverChangesTheNumberOfArguments(@ForAll String value) {
        assertThat(Template.parse("gen -p {prompt} -o {out}").fill(name -> value))
                .hasSize(5);
    }
}
