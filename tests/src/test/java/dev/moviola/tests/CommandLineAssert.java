package dev.moviola.tests;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a {@link CommandLineResult} that read like sentences. */
final class CommandLineAssert extends AbstractAssert<CommandLineAssert, CommandLineResult> {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

    private CommandLineAssert(CommandLineResult actual) {
        super(actual, CommandLineAssert.class);
    }

    static CommandLineAssert assertThat(CommandLineResult result) {
        return new CommandLineAssert(result);
    }

    CommandLineAssert exitedWith(int code) {
        return check(actual.code() == code, "exit code " + code);
    }

    CommandLineAssert outContains(String text) {
        return check(actual.out().contains(text), "'" + text + "' on standard output");
    }

    CommandLineAssert errContains(String text) {
        return check(actual.err().contains(text), "'" + text + "' on standard error");
    }

    CommandLineAssert outIsEmpty() {
        return check(actual.out().isEmpty(), "nothing on standard output");
    }

    CommandLineAssert hasNoControlCharacters() {
        return check(
                !CONTROL.matcher(actual.out()).find()
                        && !CONTROL.matcher(actual.err()).find(),
                "no control characters");
    }

    CommandLineAssert outIsOneJsonDocument() {
        json();
        return this;
    }

    /** The one JSON document on standard output. */
    JsonNode json() {
        try {
            return new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(actual.out());
        } catch (IOException e) {
            check(false, "one JSON document on standard output (" + e.getMessage() + ")");
            throw new IllegalStateException(e);
        }
    }

    private CommandLineAssert check(boolean holds, String expected) {
        if (!holds) {
            failWithMessage(
                    "expected %s from %s, but it exited with %d%n-- standard output:%n%s%n-- standard error:%n%s",
                    expected, actual.command(), actual.code(), actual.out(), actual.err());
        }
        return this;
    }
}
