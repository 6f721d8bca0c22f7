package dev.moviola.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CellPartsTest {
    @Test
    void magicLinesStandBetweenJava() {
        assertThat(CellParts.of("int a = 1;\n%time a()\n!ls -l\nint b = 2;"))
                .containsExactly(
                        new CellParts.Java("int a = 1;\n", 1),
                        new CellParts.Command("time", "a()", null, 2),
                        new CellParts.Command("!", "ls -l", null, 3),
                        new CellParts.Java("int b = 2;", 4));
    }

    @Test
    void aCellMagicTakesTheRest() {
        assertThat(CellParts.of("\n%%bash -e\n%x\n")).containsExactly(new CellParts.Command("bash", "-e", "%x\n", 2));
    }

    @Test
    void aCellMagicMayStandBelowComments() {
        assertThat(CellParts.of("// where we are\n\n%%bash\npwd"))
                .containsExactly(new CellParts.Command("bash", "", "pwd", 3));
        assertThat(CellParts.of("// nothing else")).containsExactly(new CellParts.Java("// nothing else", 1));
    }

    @Test
    void aPercentSignInsideJavaIsJava() {
        for (String java : List.of(
                "int r = 7 *\n%x",
                "var s = \"\"\"\n%x \\\"\n\"\"\";",
                "/* \n%x\n*/ int q;",
                "String s = \"a\\\"/*\" + '\"';",
                "int r = 7\n % 3;")) {
            assertThat(CellParts.of(java)).containsExactly(new CellParts.Java(java, 1));
        }
    }

    @Test
    void aMagicBehindAnEqualsSignIsACallWhoseResultJavaGets() {
        assertThat(CellParts.of("List<String> jars =  %jars a.jar \"b c.jar\"\njars"))
                .containsExactly(new CellParts.Java(
                        "List<String> jars =  lineMagic(\"jars\", java.util.List.of(\"a.jar\", \"b c.jar\"));\njars",
                        1));
        assertThat(CellParts.of("x =\n  %who ;"))
                .containsExactly(new CellParts.Java("x =\n  lineMagic(\"who\", java.util.List.of());", 1));
        for (String java : List.of("String s = \"= %jars a\"; // = %jars b", "x = %jars \"a", "int x = % 3;")) {
            assertThat(CellParts.of(java)).containsExactly(new CellParts.Java(java, 1));
        }
    }

    @Test
    void theDirectivesOfJBangAreCommands() {
        assertThat(CellParts.of("//DEPS a:b:1\n// a comment"))
                .containsExactly(
                        new CellParts.Command("DEPS", "a:b:1", null, 1), new CellParts.Java("// a comment", 2));
    }
}
