package dev.moviola.cli;

import dev.moviola.MoviolaException;
import dev.moviola.cli.internal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/**
 * One verb of the command line. A script extends this, declares its options with picocli, and implements {@link #run};
 * its {@code main} is one call of {@link #main(Verb, String...)}.
 *
 * <p>Every verb has {@code --help}, {@code --json} and {@code --debug}, ends with a code of {@link Exit}, and shows the
 * message of a {@link MoviolaException} without its stack trace.
 */
public abstract class Verb {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(names = "--json", description = "Print one JSON document to standard output, all else to standard error.")
    private boolean json;

    @Option(names = "--debug", description = "Show the stack trace of an error.")
    private boolean debug;

    /**
     * Does the work.
     *
     * @return a code of {@link Exit}
     * @throws UsageException when the arguments make no sense
     * @throws Exception when it cannot be done
     */
    protected abstract int run(Console console) throws Exception;

    /** Whether {@code --json} was given. */
    protected final boolean json() {
        return json;
    }

    /** Runs the verb in this process and ends it. */
    public static void main(Verb verb, String... arguments) {
        System.exit(execute(verb, Console.system(), arguments));
    }

    /** Runs the verb and gives its exit code. */
    public static int execute(Verb verb, Console console, String... arguments) {
        CommandLine line = new CommandLine(verb);
        Terminal terminal = console.terminal();
        String name = "./jbang " + line.getCommandName();
        line.setCommandName(name);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(Math.max(60, Math.min(100, terminal.width())));
        Ansi ansi = terminal.out() && terminal.colours() ? Ansi.ON : Ansi.OFF;
        int code = Exit.FAULT;
        try {
            line.parseArgs(arguments);
            if (line.isUsageHelpRequested()) {
                console.out().print(line.getUsageMessage(ansi));
                code = Exit.DONE;
            } else {
                console.onlyJson(verb.json);
                code = verb.run(console);
            }
        } catch (CommandLine.ParameterException e) {
            console.error(String.valueOf(e.getMessage()));
            console.note("Try '" + name + " --help'.");
            code = Exit.BAD_ARGUMENTS;
        } catch (UsageException e) {
            complain(verb, console, e);
            code = Exit.BAD_ARGUMENTS;
        } catch (MoviolaException e) {
            complain(verb, console, e);
            code = Exit.NOTHING_USABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            console.error("interrupted");
            code = Exit.NOTHING_USABLE;
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            console.error(e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()));
            if (verb.debug) {
                e.printStackTrace(console.err());
            } else {
                console.note("This should not happen. Add --debug to see where it came from.");
            }
            code = Exit.FAULT;
        } finally {
            console.clearProgress();
            console.flush();
        }
        return code;
    }

    private static void complain(Verb verb, Console console, MoviolaException e) {
        console.error(String.valueOf(e.getMessage()));
        if (verb.debug) {
            e.printStackTrace(console.err());
        }
    }
}
