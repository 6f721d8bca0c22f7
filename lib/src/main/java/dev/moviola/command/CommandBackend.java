package dev.moviola.command;

import dev.moviola.MoviolaException;
import dev.moviola.backend.Capabilities;
import dev.moviola.backend.FetchResult;
import dev.moviola.backend.InputFile;
import dev.moviola.backend.PollResult;
import dev.moviola.backend.SubmitResult;
import dev.moviola.backend.VideoBackend;
import dev.moviola.command.internal.Programs;
import dev.moviola.command.internal.Supervised;
import dev.moviola.command.internal.Template;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Submission;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes clips with a local program, started once per job.
 *
 * <p>The command is an argument list; no shell ever sees it. Given as one line it is taken apart once, by the quoting
 * rules of a POSIX shell, before any value is put in. {@code {prompt}}, {@code {seed}} and every other parameter of the
 * job stand for its values; {@code {out}} is the file to write, {@code {dir}} a folder for the program's own use, {@code
 * {device}} the device that the dispatcher assigned ({@code 0} without a device pool), {@code {input}} the first artefact
 * of the jobs that this one depends on, and {@code {input2}}, {@code {input3}} … the others. A job without a seed gets
 * one that is made from its key. Braces themselves are written twice. Where a value may begin with a dash, {@code
 * --prompt={prompt}} is safer than {@code --prompt {prompt}}.
 *
 * <p>The program runs in the working directory of this process, without input, and with its environment, less every
 * variable whose name contains KEY, TOKEN, SECRET, PASSWORD, PASSWD, CREDENTIAL or AUTH and is not listed in {@link
 * CommandOptions#keep}. When it ends, or runs longer than it may, everything that it started is ended. It has succeeded
 * when its exit code is 0 and {@code {out}} exists and is not empty. Other exit codes are INTERNAL failures, or
 * TRANSIENT ones where memory ran out (exit code 137, or a message that says so), where somebody ended it (exit code 143)
 * or the program asks for another try (exit code 75); the last 4,000 characters of its error stream are the message.
 *
 * <p>When this process is told to end, by SIGTERM for one, what runs is ended with it. A program that was running when
 * this process was killed is ended on resume. Either is then run again, unless it had ended by itself before.
 */
public final class CommandBackend implements VideoBackend {
    private static final int LONGEST_ARGUMENT = 131_071;
    private static final int EXIT_TRY_AGAIN = 75;
    private static final int EXIT_KILLED = 137;
    private static final int EXIT_TERMINATED = 143;
    private static final String INTERRUPTED = "interrupted";
    private static final Pattern SECRET =
            Pattern.compile(".*(KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|AUTH).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern OUT_OF_MEMORY = Pattern.compile(
            "out of memory|outofmemory|cannot allocate memory|bad_alloc|memoryerror", Pattern.CASE_INSENSITIVE);
    private static final Set<String> GIVEN = Set.of("out", "dir", "device", "seed");
    private static final Pattern INPUT = Pattern.compile("input([1-9][0-9]{0,3})?");

    private final Template template;
    private final CommandOptions options;
    private final Map<String, Supervised> running = new ConcurrentHashMap<>();
    private final Set<Path> ended = ConcurrentHashMap.newKeySet();
    private final Programs programs;
    private volatile boolean closed;

    private CommandBackend(Template template, CommandOptions options) {
        this.template = template;
        this.options = options;
        if (!template.names().contains("out")) {
            throw new MoviolaException("a command must say where the file goes with {out}, but has only "
                    + template.names() + "; add something like --out {out}");
        }
        template.program().ifPresent(CommandBackend::requireProgram);
        programs = new Programs("moviola-command");
    }

    /** A backend that runs {@code line}, taken apart by shell quoting rules. */
    public static CommandBackend of(String line, CommandOptions options) {
        return new CommandBackend(Template.parse(line), options);
    }

    /** A backend that runs {@code arguments}, the program first. */
    public static CommandBackend of(List<String> arguments, CommandOptions options) {
        return new CommandBackend(Template.of(arguments), options);
    }

    @Override
    public String name() {
        return "command";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                template.names().contains("seed"),
                true,
                true,
                Double.POSITIVE_INFINITY,
                options.atOnce(),
                1,
                Duration.ZERO,
                options.deadline().plusSeconds(30));
    }

    @Override
    public Optional<Failure> check(Job job) {
        for (String name : template.names()) {
            if (GIVEN.contains(name) || INPUT.matcher(name).matches()) {
                continue;
            }
            Optional<String> value = parameter(job, name);
            if (value.isEmpty()) {
                return Optional.of(invalid("the command asks for {" + name + "}, but job "
                        + job.key().brief() + " has only "
                        + job.parameters().asMap().keySet()));
            }
            Optional<Failure> fault = value.flatMap(text -> unfit(name, text));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    @Override
    public Money price(List<Job> jobs) {
        return options.price().times(jobs.size());
    }

    @Override
    public CompletableFuture<SubmitResult> submit(Submission submission, List<Job> jobs, List<InputFile> inputs) {
        return CompletableFuture.supplyAsync(() -> start(submission, jobs.get(0), inputs), programs.threads());
    }

    @Override
    public CompletableFuture<PollResult> poll(Submission submission) {
        Supervised program = running.get(submission.id());
        if (program != null) {
            return program.end().thenApply(end -> judge(submission, end));
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    OptionalInt code = leftBehind(submission);
                    return code.isPresent()
                            ? judge(submission, new Supervised.End(Supervised.Cause.EXIT, code.getAsInt(), "", ""))
                            : new PollResult.Failed(interrupted(submission), null);
                },
                programs.threads());
    }

    @Override
    public CompletableFuture<FetchResult> fetch(
            Submission submission, List<Job> jobs, PollResult.Succeeded result, Path directory) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Path out = out(submission);
                    Path here = directory.resolve(out.getFileName());
                    try {
                        link(out, here);
                        ended.add(directory(submission));
                        return new FetchResult.Fetched(List.of(
                                new FetchResult.File(jobs.get(0).key(), Artefact.CLIP, here, options.mediaType())));
                    } catch (IOException e) {
                        return new FetchResult.Failed(
                                failure(FailureCategory.ARTEFACT, "unreadable", "cannot take " + out + " over: " + e));
                    }
                },
                programs.threads());
    }

    @Override
    public CompletableFuture<Boolean> cancel(Submission submission) {
        Supervised program = running.get(submission.id());
        if (program == null) {
            return CompletableFuture.completedFuture(false);
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    program.stop();
                    return true;
                },
                programs.threads());
    }

    @Override
    public CompletableFuture<SubmitResult> recover(Submission submission) {
        if (running.containsKey(submission.id())) {
            return CompletableFuture.completedFuture(new SubmitResult.Accepted(submission.id()));
        }
        return CompletableFuture.supplyAsync(
                () -> leftBehind(submission).isPresent()
                        ? new SubmitResult.Accepted(submission.id())
                        : new SubmitResult.Rejected(interrupted(submission)),
                programs.threads());
    }

    /** Ends every program that still runs and removes the folders of those that have ended. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        programs.close();
        ended.forEach(CommandBackend::remove);
    }

    private SubmitResult start(Submission submission, Job job, List<InputFile> inputs) {
        Path directory = directory(submission);
        try {
            remove(directory);
            Files.createDirectories(directory);
            Map<String, String> values = values(submission, job, inputs);
            for (String name : template.names()) {
                if (!values.containsKey(name)) {
                    return new SubmitResult.Rejected(invalid("the command asks for {" + name + "}, but job "
                            + job.key().brief() + " has " + inputs.size() + " inputs and the parameters "
                            + job.parameters().asMap().keySet()));
                }
            }
            List<String> arguments = template.fill(name -> values.getOrDefault(name, ""));
            running.put(
                    submission.id(),
                    programs.start(arguments, environment(options, values), directory, options.deadline()));
            return new SubmitResult.Accepted(submission.id());
        } catch (IOException e) {
            return new SubmitResult.Rejected(Failure.of(
                    FailureCategory.TRANSIENT,
                    Billed.NO,
                    "start",
                    "the program could not be started: " + e.getMessage()));
        }
    }

    private PollResult judge(Submission submission, Supervised.End end) {
        running.remove(submission.id());
        Path out = out(submission);
        PollResult result = outcome(submission, end, out);
        if (!(result instanceof PollResult.Succeeded)) {
            ended.add(directory(submission));
        }
        return result;
    }

    private PollResult outcome(Submission submission, Supervised.End end, Path out) {
        return switch (end.cause()) {
            case STOPPED, ABANDONED ->
                new PollResult.Failed(failure(FailureCategory.CANCELLED, "stopped", "the program was stopped"), null);
            case DEADLINE ->
                new PollResult.Failed(
                        failure(
                                FailureCategory.DEADLINE,
                                "deadline",
                                withTail(
                                        "the program ran longer than "
                                                + options.deadline().toSeconds() + " s",
                                        end)),
                        null);
            case EXIT -> {
                if (end.code() != 0) {
                    yield new PollResult.Failed(broken(end), null);
                }
                if (size(out) < 1) {
                    yield new PollResult.Failed(
                            failure(
                                    FailureCategory.ARTEFACT,
                                    "no-file",
                                    withTail("the program ended well but left nothing at {out}", end)),
                            null);
                }
                yield new PollResult.Succeeded(Parameters.of("bytes", size(out)), submission.price());
            }
        };
    }

    private Failure broken(Supervised.End end) {
        boolean passing = end.code() == EXIT_TRY_AGAIN
                || end.code() == EXIT_KILLED
                || end.code() == EXIT_TERMINATED
                || OUT_OF_MEMORY.matcher(end.tail()).find();
        return failure(
                passing ? FailureCategory.TRANSIENT : FailureCategory.INTERNAL,
                "exit-" + end.code(),
                end.tail().isEmpty() ? "the program ended with exit code " + end.code() : end.tail());
    }

    private OptionalInt leftBehind(Submission submission) {
        OptionalInt code = Supervised.exitCode(directory(submission));
        if (code.isEmpty()) {
            Supervised.endLeftOver(directory(submission));
        }
        return code;
    }

    private Map<String, String> values(Submission submission, Job job, List<InputFile> inputs) {
        Map<String, String> values = new HashMap<>(options.parameters());
        job.parameters().asMap().forEach((name, value) -> values.put(name, value.toString()));
        values.putIfAbsent("seed", Long.toString(Long.parseLong(job.key().hex().substring(0, 7), 16)));
        for (int i = 0; i < inputs.size(); i++) {
            values.put("input" + (i + 1), inputs.get(i).path().toAbsolutePath().toString());
        }
        if (!inputs.isEmpty()) {
            values.put("input", inputs.get(0).path().toAbsolutePath().toString());
        }
        values.put("out", out(submission).toString());
        values.put("dir", directory(submission).toString());
        String device = submission.device();
        values.put("device", device != null ? device : options.parameters().getOrDefault("device", "0"));
        return values;
    }

    static Map<String, String> environment(CommandOptions options, Map<String, String> values) {
        Map<String, String> environment = new HashMap<>();
        System.getenv().forEach((name, value) -> {
            if (options.keep().contains(name) || !SECRET.matcher(name).matches()) {
                environment.put(name, value);
            }
        });
        options.environment()
                .forEach((name, value) -> environment.put(
                        name,
                        Template.of(List.of(name, value))
                                .fill(place -> values.getOrDefault(place, ""))
                                .get(1)));
        return environment;
    }

    private Optional<String> parameter(Job job, String name) {
        return job.parameters()
                .find(name)
                .map(Object::toString)
                .or(() -> Optional.ofNullable(options.parameters().get(name)));
    }

    private Path directory(Submission submission) {
        return options.scratch().resolve(submission.id());
    }

    private Path out(Submission submission) {
        return directory(submission).resolve("out." + options.extension());
    }

    private Failure failure(FailureCategory category, String code, String message) {
        return Failure.of(category, options.price().ticks() == 0 ? Billed.NO : Billed.YES, code, message);
    }

    private static Failure invalid(String message) {
        return Failure.of(FailureCategory.VALIDATION, Billed.NO, "command", message);
    }

    private static Failure interrupted(Submission submission) {
        return Failure.of(
                FailureCategory.TRANSIENT,
                Billed.NO,
                INTERRUPTED,
                "the program of submission " + submission.id() + " ended with an earlier dispatch before it was done");
    }

    private static Optional<Failure> unfit(String name, String text) {
        if (text.indexOf('\0') >= 0) {
            return Optional.of(invalid("an argument cannot hold a NUL character, but parameter " + name + " does"));
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_ARGUMENT) {
            return Optional.of(invalid("an argument may hold at most " + LONGEST_ARGUMENT + " bytes, but parameter "
                    + name + " has " + bytes));
        }
        return Optional.empty();
    }

    private static String withTail(String what, Supervised.End end) {
        return end.tail().isEmpty() ? what : what + ":\n" + end.tail();
    }

    static void requireProgram(String program) {
        boolean found;
        if (program.contains("/") || program.contains(File.separator)) {
            found = Files.isExecutable(Path.of(program));
        } else {
            String path = System.getenv().getOrDefault("PATH", "");
            found = Stream.of(path.split(Pattern.quote(File.pathSeparator)))
                    .filter(folder -> !folder.isEmpty())
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))
                            || Files.isExecutable(Path.of(folder, program + ".exe")));
        }
        if (!found) {
            throw new MoviolaException("the command must begin with a program that can be run, but \"" + program
                    + "\" was not found; give its full path or add its folder to PATH");
        }
    }

    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new MoviolaException("the folder " + directory + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
