package dev.moviola.tests;

import static dev.moviola.tests.CommandLine.ROOT;
import static dev.moviola.tests.CommandLine.jbang;
import static dev.moviola.tests.CommandLineAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerbsIT {
    private static final Pattern README_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (.+?) \\| `(.+?)` \\|$");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbHasHelpWithAnExample(String verb) {
        assertThat(jbang(verb + " --help"))
                .exitedWith(0)
                .hasNoControlCharacters()
                .outContains("Usage: ./jbang " + verb)
                .outContains("Example");
    }

    @Test
    void theCatalogSaysWhatEachVerbDoesWithAnExample() throws IOException {
        assertThat(catalog()).allSatisfy((verb, description) -> assertThat(description)
                .matches("[A-Z][^.]*\\. Example: \\./jbang " + verb + "( .*)?"));
    }

    @Test
    void theTableOfVerbsInTheReadmeIsTheCatalog() throws IOException {
        Map<String, String> readme = new TreeMap<>();
        Matcher row = README_ROW.matcher(Files.readString(ROOT.resolve("README.md")));
        while (row.find()) {
            readme.put(row.group(1), row.group(2) + ". Example: " + row.group(3));
        }

        assertThat(readme).isEqualTo(catalog());
    }

    @Test
    void argumentsArriveAsTheyWereGiven() {
        List<String> words = List.of("mutate", "it's a \"cat\" $HOME `x` \\ *", "--control", "--variants", "1");

        assertThat(jbang(folder, words)).exitedWith(0).outContains("0  it's a \"cat\" $HOME `x` \\ *\n");
    }

    @Test
    void textOfEveryLanguageArrives() {
        assertThat(jbang(folder, List.of("mutate", "サムライ 🦖", "--control", "--variants", "1")))
                .exitedWith(0)
                .outContains("サムライ 🦖");
    }

    @Test
    void mutateWithNothingMakesTwentyFourVariants() {
        CommandLineResult result = jbang("mutate");

        assertThat(result).exitedWith(0).hasNoControlCharacters().errContains("24 of ");
        assertThat(result.out().lines()).hasSize(24);
    }

    @Test
    void mutateGivesOneJsonDocument() {
        JsonNode json =
                assertThat(jbang("mutate --variants 3 --json")).exitedWith(0).json();

        assertThat(json.get("variants")).hasSize(3);
    }

    @Test
    void aNumberThatMakesNoSenseIsRefused() {
        assertThat(jbang("mutate --variants 0"))
                .errContains("--variants must be 1 or more, but was 0")
                .outIsEmpty()
                .exitedWith(2);
        assertThat(jbang("mutate --variants many")).errContains("many").exitedWith(2);
        assertThat(jbang("mutate --varants 3"))
                .errContains("Try './jbang mutate --help'")
                .exitedWith(2);
    }

    @Test
    void aPoolFileWithAMistakeIsRefusedWithItsLine() throws IOException {
        Path pool = Files.writeString(folder.resolve("mine.yaml"), "pools:\n  rain: [frogs]\ncolour: red\n");

        assertThat(jbang(folder, List.of("mutate", "--pool", pool.toString())))
                .errContains("mine.yaml:3: unknown key 'colour'")
                .exitedWith(2);
    }

    @Test
    void filesGoWhereTheUserIs() {
        assertThat(jbang(folder, List.of("mutate", "--out", "variants.jsonl"))).exitedWith(0);

        assertThat(folder.resolve("variants.jsonl")).isRegularFile();
    }

    @Test
    void itWorksThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("moviola"), ROOT.resolve("jbang"));

        assertThat(CommandLine.run(link, folder, List.of("mutate", "--variants", "1")))
                .exitedWith(0);
        Files.delete(link);
    }

    @Test
    void doctorNeverShowsAKey() throws IOException {
        Path env = Files.writeString(folder.resolve(".env"), "XAI_API_KEY=xai-very-secret\n");
        CommandLineResult result = jbang(folder, List.of("doctor"));

        assertThat(result).exitedWith(0).outContains("present").hasNoControlCharacters();
        assertThat(result.out() + result.err()).doesNotContain("very-secret");
        assertThat(env).isRegularFile();
    }

    @Test
    void doctorGivesOneJsonDocument() {
        JsonNode json = assertThat(jbang(folder, List.of("doctor", "--json"))).json();

        assertThat(json.get("ready").asBoolean()).isTrue();
        assertThat(json.get("findings"))
                .extracting(finding -> finding.get("what").asText())
                .contains("java", "memory", "disk", "decoder", "XAI_API_KEY", "generation");
        assertThat(json.get("findings"))
                .filteredOn(finding -> finding.get("what").asText().equals("generation"))
                .allSatisfy(finding -> assertThat(finding.get("text").asText())
                        .contains("made, decoded and scored a clip of 24 frames"));
    }

    @Test
    void doctorExitsWithThreeWhereSomethingIsBroken() throws IOException {
        Files.writeString(folder.resolve(".env"), "this is no list of variables\n");
        JsonNode json = assertThat(jbang(folder, List.of("doctor", "--json")))
                .exitedWith(3)
                .json();

        assertThat(json.get("ready").asBoolean()).isFalse();
    }

    @Test
    void otherScriptsRunToo() throws IOException {
        Path script = Files.writeString(
                folder.resolve("Hi.java"),
                "class Hi { public static void main(String[] a) { System.out.println(\"hi \" + a[0]); System.exit(7); } }");

        assertThat(jbang(folder, List.of(script.toString(), "a b")))
                .outContains("hi a b")
                .exitedWith(7);
    }

    static List<String> verbs() throws IOException {
        return List.copyOf(catalog().keySet());
    }

    private static Map<String, String> catalog() throws IOException {
        Map<String, String> verbs = new TreeMap<>();
        new ObjectMapper()
                .readTree(ROOT.resolve("jbang-catalog.json").toFile())
                .get("aliases")
                .properties()
                .forEach(alias -> verbs.put(
                        alias.getKey(), alias.getValue().get("description").asText()));
        return verbs;
    }
}
