package dev.moviola.xai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.backend.PollResult;
import dev.moviola.backend.SubmitResult;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Money;
import dev.moviola.xai.internal.Answers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XaiAnswersTest {
    private final List<String> strange = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = (char) 0,
            value = {
                "400|{\"code\":\"c\",\"error\":\"Incorrect API key provided: xa***yz\"}|AUTH|NO|c",
                "400|{\"code\":\"c\",\"error\":\"duration must be between 1 and 15\"}|VALIDATION|NO|c",
                "400|{\"code\":\"c\",\"error\":\"rejected by content moderation\"}|MODERATION|UNKNOWN|c",
                "400|{\"error\":{\"message\":\"violates our usage guidelines\",\"code\":\"nested\"}}|MODERATION|UNKNOWN|nested",
                "400|{\"error\":{\"type\":\"x\"}}|VALIDATION|NO|400",
                "401|{}|AUTH|NO|401",
                "402|pay|QUOTA|NO|402",
                "403|{\"error\":\"no access\"}|AUTH|NO|403",
                "403|{\"error\":\"used all available credits\"}|QUOTA|NO|403",
                "403|{\"error\":\"Content violates usage guidelines\"}|MODERATION|UNKNOWN|403",
                "404|{\"code\":\"not found\",\"error\":\"The model x does not exist\"}|VALIDATION|NO|not found",
                "413|{\"error\":\"Failed to read request body: length limit exceeded\"}|VALIDATION|NO|413",
                "422|missing field `prompt`|VALIDATION|NO|422",
                "425||TRANSIENT|NO|425",
                "429|slow down|RATE|NO|429",
                "429|{\"error\":\"quota exceeded\"}|QUOTA|NO|429",
                "302||VALIDATION|NO|302",
                "501||VALIDATION|NO|501",
                "503|{\"code\":\"The service is currently unavailable\",\"error\":\"x\"}|TRANSIENT|NO|The service is currently unavailable"
            })
    void aRefusalHasACategory(int status, String body, FailureCategory category, Billed billed, String code) {
        Failure failure = ((SubmitResult.Rejected) submitted(status, body)).failure();
        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.billed()).isEqualTo(billed);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.message()).startsWith("xai answered HTTP " + status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = (char) 0,
            value = {
                "200|{}",
                "200|nonsense",
                "200|{\"request_id\":\"../x\"}",
                "202|",
                "408|",
                "500|{\"code\":\"internal_error\",\"error\":\"x\"}",
                "502|<html>",
                "503|<html>",
                "503|{\"error\":\"temporarily unavailable\"}",
                "504|",
                "520|{\"request_id\":\"1\"}"
            })
    void anAnswerThatProvesNothingLeavesTheSubmissionUnknown(int status, String body) {
        assertThat(submitted(status, body)).isInstanceOf(SubmitResult.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = (char) 0,
            value = {
                "408||TRANSIENT",
                "429||RATE",
                "401||AUTH",
                "403||AUTH",
                "400|{\"error\":\"Incorrect API key provided\"}|AUTH",
                "500||TRANSIENT",
                "502|<html>|TRANSIENT",
                "301||TRANSIENT",
                "200|<html>|TRANSIENT",
                "200||TRANSIENT",
                "200|[]|TRANSIENT"
            })
    void aPollWithoutAnAnswerSaysNothingOfTheJob(int status, String body, FailureCategory category) {
        PollResult result = polled(status, body);
        assertThat(result).isInstanceOf(PollResult.Unanswered.class);
        assertThat(((PollResult.Unanswered) result).failure().category()).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = (char) 0,
            value = {
                "200|{\"status\":\"failed\"}|INTERNAL|UNKNOWN",
                "200|{\"status\":\"failed\",\"error\":{\"code\":\"new_code\",\"message\":\"x\"}}|INTERNAL|UNKNOWN",
                "200|{\"status\":\"failed\",\"error\":{\"code\":\"new_code\",\"message\":\"moderated\"}}|MODERATION|UNKNOWN",
                "200|{\"status\":\"failed\",\"error\":{\"code\":\"permission_denied\",\"message\":\"safety\"}}|MODERATION|UNKNOWN",
                "200|{\"status\":\"failed\",\"error\":{\"code\":\"resource_exhausted\"}}|RATE|UNKNOWN",
                "200|{\"status\":\"failed\",\"error\":{\"code\":\"unavailable\"},\"usage\":{\"cost_in_usd_ticks\":5}}|TRANSIENT|YES",
                "200|{\"status\":\"done\",\"video\":{\"url\":\"https://a\",\"respect_moderation\":false}}|MODERATION|UNKNOWN",
                "200|{\"status\":\"done\"}|ARTEFACT|UNKNOWN",
                "200|{\"status\":\"expired\",\"usage\":{\"cost_in_usd_ticks\":-5}}|DEADLINE|UNKNOWN",
                "404|{}|INTERNAL|UNKNOWN",
                "400|{\"code\":\"x\",\"error\":\"moderation\"}|MODERATION|UNKNOWN",
                "422||VALIDATION|UNKNOWN"
            })
    void aJobThatFailedHasACategory(int status, String body, FailureCategory category, Billed billed) {
        Failure failure = ((PollResult.Failed) polled(status, body)).failure();
        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.billed()).isEqualTo(billed);
    }

    @Test
    void aJobThatIsDoneHasAnAddressAndAPrice() {
        PollResult.Succeeded done = (PollResult.Succeeded) polled(
                200,
                "{\"status\":\"done\",\"video\":{\"url\":\"https://a/b.mp4\",\"duration\":5.04},\"model\":\"m\","
                        + "\"usage\":{\"cost_in_usd_ticks\":2500000000}}");
        assertThat(done.detail().text("url")).isEqualTo("https://a/b.mp4");
        assertThat(done.detail().number("duration")).isEqualTo(5.04);
        assertThat(done.charged()).isEqualTo(Money.dollars(0.25));
        PollResult.Succeeded unnamed = (PollResult.Succeeded) polled(200, "{\"video\":{\"url\":\"https://a\"}}");
        assertThat(unnamed.charged()).isNull();
    }

    @Test
    void aJobThatIsPendingTellsItsProgressWithinBounds() {
        assertThat(pending("{\"status\":\"pending\",\"progress\":42}").progress())
                .isEqualTo(0.42);
        assertThat(pending("{\"status\":\"pending\",\"progress\":420}").progress())
                .isEqualTo(1);
        assertThat(pending("{\"status\":\"pending\",\"progress\":\"x\"}").progress())
                .isNaN();
        assertThat(strange).isEmpty();
        assertThat(pending("{\"status\":\"queued\"}").note()).isEqualTo("queued");
        assertThat(pending("{}").note()).isEqualTo("none");
        assertThat(pending("{\"status\":\"" + "x".repeat(1000) + "\"}").note()).hasSize(40);
        assertThat(strange).containsExactly("queued", "none", "x".repeat(40));
    }

    @Test
    void theNetworkHasItsOwnAnswers() {
        assertThat(Answers.submitted(new XaiReply.NotSent("refused"))).isInstanceOf(SubmitResult.Rejected.class);
        assertThat(Answers.submitted(new XaiReply.Lost("reset"))).isInstanceOf(SubmitResult.Unknown.class);
        for (XaiReply reply : List.of(new XaiReply.NotSent("refused"), new XaiReply.Lost("reset"))) {
            assertThat(Answers.polled(reply, strange::add)).isInstanceOf(PollResult.Unanswered.class);
        }
        assertThat(Answers.notFetched(new XaiDownload.NotWritten("full")).message())
                .contains("full", "make room");
        assertThat(Answers.notFetched(new XaiDownload.Refused(429, "", null)).category())
                .isEqualTo(FailureCategory.RATE);
    }

    private SubmitResult submitted(int status, String body) {
        return Answers.submitted(new XaiReply.Answered(status, body == null ? "" : body, null));
    }

    private PollResult polled(int status, String body) {
        return Answers.polled(new XaiReply.Answered(status, body == null ? "" : body, null), strange::add);
    }

    private PollResult.Pending pending(String body) {
        return (PollResult.Pending) polled(200, body);
    }
}
