//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS dev.moviola:moviola:0.1.0-SNAPSHOT

import dev.moviola.backend.Keys;
import dev.moviola.cli.Console;
import dev.moviola.cli.Doctor.Finding;
import dev.moviola.cli.Doctor.State;
import dev.moviola.cli.Exit;
import dev.moviola.cli.SecretPrompt;
import dev.moviola.cli.TextTable;
import dev.moviola.cli.Verb;
import dev.moviola.dispatch.DeviceMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        sortOptions = false,
        description = "Says what is ready on this machine: Java, memory, disk, decoder, GPUs, keys, and one test clip. Keys are never shown.",
        footer = {"", "Examples:", "  ./jbang doctor", "  ./jbang doctor --set-key"})
class Doctor extends Verb {
    @Option(
            names = "--set-key",
            description = "Ask for XAI_API_KEY without showing it, and keep it in .env where only you can read it.")
    private boolean setKey;

    public static void main(String... args) {
        Verb.main(new Doctor(), args);
    }

    @Override
    protected int run(Console console) {
        Keys keys = Keys.standard();
        if (setKey) {
            keys.store(Keys.XAI, SecretPrompt.ask(console, Keys.XAI));
            console.note(Keys.XAI + " is kept in " + keys.file());
        }
        Path folder = Path.of("").toAbsolutePath();
        List<Finding> findings =
                new ArrayList<>(new dev.moviola.cli.Doctor(folder, keys, DeviceMemory.nvidiaSmi()).look());
        console.progress("making a clip");
        findings.add(dev.moviola.cli.Doctor.generation());
        boolean fit = findings.stream().noneMatch(finding -> finding.state() == State.FAULT);
        if (json()) {
            console.json(Map.of("ready", fit, "findings", findings));
        } else {
            TextTable table = new TextTable("", "what", "found");
            for (Finding finding : findings) {
                String advice = finding.advice().isEmpty() ? "" : " (" + finding.advice() + ")";
                table.row(finding.state().name().toLowerCase(), finding.what(), finding.text() + advice);
            }
            console.print(table);
        }
        return fit ? Exit.DONE : Exit.NOTHING_USABLE;
    }
}
