package dev.moviola.xai.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.moviola.backend.PollResult;
import dev.moviola.backend.SubmitResult;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.xai.XaiDownload;
import dev.moviola.xai.XaiReply;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the answers of the API mean, above all whether something was taken and whether it was paid for. */
public final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern MODERATION = Pattern.compile(
            "moderat|content polic|usage guideline|safety|content (?:was )?(?:blocked|violat)|prompt (?:was )?(?:blocked|violat)|violates");
    private static final Pattern KEY = Pattern.compile("api[ _-]?key|unauthenticated|unauthorized");
    private static final Pattern CREDIT = Pattern.compile("credit|quota|billing|spending limit|insufficient|payment");
    private static final Pattern OVERLOAD = Pattern.compile("unavailable|overloaded|capacity");

    private Answers() {}

    /** What became of a submit. */
    public static SubmitResult submitted(XaiReply reply) {
        if (reply instanceof XaiReply.NotSent notSent) {
            return new SubmitResult.Rejected(Failure.of(
                    FailureCategory.TRANSIENT,
                    Billed.NO,
                    "not_sent",
                    "xai was not reached, nothing was sent: " + notSent.reason()));
        }
        if (reply instanceof XaiReply.Lost lost) {
            return new SubmitResult.Unknown("the request was sent, but no answer came: " + lost.reason());
        }
        XaiReply.Answered answer = (XaiReply.Answered) reply;
        int status = answer.status();
        if (status >= 200 && status < 300) {
            String id = read(answer.body()).path("request_id").asText("");
            return REQUEST_ID.matcher(id).matches()
                    ? new SubmitResult.Accepted(id)
                    : new SubmitResult.Unknown("HTTP " + status + " without a request_id: " + shown(answer.body()));
        }
        Said said = Said.in(answer);
        boolean declined = status == 501
                || status == 505
                || (status == 503
                        && !said.code().isEmpty()
                        && OVERLOAD.matcher(said.code().toLowerCase(Locale.ROOT))
                                .find());
        if (status == 408 || (status >= 500 && !declined)) {
            return new SubmitResult.Unknown("HTTP " + status + " to a submit: " + said.text());
        }
        FailureCategory category = refusal(status, said);
        Billed billed = category == FailureCategory.MODERATION ? Billed.UNKNOWN : Billed.NO;
        return new SubmitResult.Rejected(failure(category, billed, answer, said));
    }

    /**
     * How an accepted request stands.
     *
     * @param unknownStatus told of a status that this version does not know; it is taken as pending
     */
    public static PollResult polled(XaiReply reply, Consumer<String> unknownStatus) {
        if (reply instanceof XaiReply.NotSent notSent) {
            return unanswered(FailureCategory.TRANSIENT, "not_sent", notSent.reason(), null);
        }
        if (reply instanceof XaiReply.Lost lost) {
            return unanswered(FailureCategory.TRANSIENT, "lost", lost.reason(), null);
        }
        XaiReply.Answered answer = (XaiReply.Answered) reply;
        int status = answer.status();
        Said said = Said.in(answer);
        if (status == 429) {
            return unanswered(FailureCategory.RATE, "429", said.text(), answer.retryAfter());
        }
        if (status == 401 || status == 403) {
            return unanswered(FailureCategory.AUTH, said.codeOr(status), said.text(), answer.retryAfter());
        }
        if (status == 408 || status == 425 || status < 200 || (status >= 300 && status < 400) || status >= 500) {
            return unanswered(FailureCategory.TRANSIENT, said.codeOr(status), said.text(), answer.retryAfter());
        }
        if (status >= 400) {
            if (KEY.matcher(said.lower()).find()) {
                return unanswered(FailureCategory.AUTH, said.codeOr(status), said.text(), answer.retryAfter());
            }
            FailureCategory category = status == 404 ? FailureCategory.INTERNAL : refusal(status, said);
            return new PollResult.Failed(failure(category, Billed.UNKNOWN, answer, said), null);
        }
        JsonNode body = read(answer.body());
        if (!body.isObject() && status != 202) {
            return unanswered(FailureCategory.TRANSIENT, "not_json", shown(answer.body()), answer.retryAfter());
        }
        return state(body, answer.retryAfter(), unknownStatus);
    }

    /** Why a clip did not come; it is paid for all the same. */
    public static Failure notFetched(XaiDownload download) {
        if (download instanceof XaiDownload.Refused refused) {
            int status = refused.status();
            boolean gone = status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
            FailureCategory category =
                    status == 429 ? FailureCategory.RATE : gone ? FailureCategory.ARTEFACT : FailureCategory.TRANSIENT;
            String hint = gone ? "; addresses of clips last about 24 hours" : "";
            return new Failure(
                    category,
                    Billed.YES,
                    Integer.toString(status),
                    "the host of the clip answered HTTP " + status + hint + ": " + shown(refused.reason()),
                    refused.retryAfter());
        }
        if (download instanceof XaiDownload.Broken broken) {
            return Failure.of(
                    FailureCategory.TRANSIENT, Billed.YES, "download", "the download failed: " + broken.reason());
        }
        if (download instanceof XaiDownload.Unacceptable unacceptable) {
            return Failure.of(FailureCategory.ARTEFACT, Billed.YES, "download", unacceptable.reason());
        }
        if (download instanceof XaiDownload.NotWritten notWritten) {
            return Failure.of(
                    FailureCategory.INTERNAL,
                    Billed.YES,
                    "disk",
                    "the clip could not be written: " + notWritten.reason() + "; make room and resume");
        }
        throw new IllegalArgumentException("a complete download is no failure");
    }

    private static PollResult state(JsonNode body, @Nullable Duration after, Consumer<String> unknownStatus) {
        Money charged = charged(body);
        String url = body.path("video").path("url").asText("");
        String status = body.path("status").asText(url.isEmpty() ? "" : "done");
        return switch (status) {
            case "done" -> done(body, url, charged);
            case "failed" -> failed(body, charged);
            case "expired" ->
                new PollResult.Failed(
                        Failure.of(
                                FailureCategory.DEADLINE,
                                billed(charged),
                                "expired",
                                "xai gave the request up before it was done (status expired)"),
                        charged);
            case "pending" -> pending(body, "pending", after);
            default -> {
                String shown = status.isEmpty() ? "none" : status.substring(0, Math.min(40, status.length()));
                unknownStatus.accept(shown);
                yield pending(body, shown, after);
            }
        };
    }

    private static PollResult pending(JsonNode body, String note, @Nullable Duration after) {
        JsonNode progress = body.path("progress");
        double share = progress.isNumber() ? Math.min(1, Math.max(0, progress.asDouble() / 100)) : Double.NaN;
        return new PollResult.Pending(share, note, after);
    }

    private static PollResult done(JsonNode body, String url, @Nullable Money charged) {
        JsonNode video = body.path("video");
        JsonNode respects = video.path("respect_moderation");
        if (respects.isBoolean() && !respects.asBoolean()) {
            return new PollResult.Failed(
                    Failure.of(
                            FailureCategory.MODERATION,
                            billed(charged),
                            "respect_moderation",
                            "xai withheld the clip: it does not respect moderation"),
                    charged);
        }
        if (url.isEmpty()) {
            return new PollResult.Failed(
                    Failure.of(
                            FailureCategory.ARTEFACT,
                            billed(charged),
                            "no_url",
                            "xai says done, but gave no address of a clip"),
                    charged);
        }
        Parameters detail = Parameters.of("url", url);
        if (video.path("duration").isNumber()) {
            detail = detail.with("duration", video.path("duration").asDouble());
        }
        if (body.path("model").isTextual()) {
            detail = detail.with("model", body.path("model").asText());
        }
        return new PollResult.Succeeded(detail, charged);
    }

    private static PollResult failed(JsonNode body, @Nullable Money charged) {
        Said said = Said.of(body, "failed without a reason");
        FailureCategory category =
                switch (said.code().toLowerCase(Locale.ROOT)) {
                    case "invalid_argument" ->
                        MODERATION.matcher(said.lower()).find()
                                ? FailureCategory.MODERATION
                                : FailureCategory.VALIDATION;
                    case "permission_denied" ->
                        MODERATION.matcher(said.lower()).find() ? FailureCategory.MODERATION : FailureCategory.AUTH;
                    case "failed_precondition" -> FailureCategory.VALIDATION;
                    case "service_unavailable", "unavailable", "deadline_exceeded" -> FailureCategory.TRANSIENT;
                    case "resource_exhausted" -> FailureCategory.RATE;
                    default ->
                        MODERATION.matcher(said.lower()).find() ? FailureCategory.MODERATION : FailureCategory.INTERNAL;
                };
        return new PollResult.Failed(
                Failure.of(category, billed(charged), said.code(), "xai could not make the clip: " + said.text()),
                charged);
    }

    private static FailureCategory refusal(int status, Said said) {
        if (MODERATION.matcher(said.lower()).find()) {
            return FailureCategory.MODERATION;
        }
        boolean credit = CREDIT.matcher(said.lower()).find();
        return switch (status) {
            case 401 -> FailureCategory.AUTH;
            case 402 -> FailureCategory.QUOTA;
            case 403, 429 ->
                credit ? FailureCategory.QUOTA : status == 403 ? FailureCategory.AUTH : FailureCategory.RATE;
            case 425, 503 -> FailureCategory.TRANSIENT;
            default -> KEY.matcher(said.lower()).find() ? FailureCategory.AUTH : FailureCategory.VALIDATION;
        };
    }

    private static Failure failure(FailureCategory category, Billed billed, XaiReply.Answered answer, Said said) {
        return new Failure(
                category,
                billed,
                said.codeOr(answer.status()),
                "xai answered HTTP " + answer.status() + ": " + said.text(),
                answer.retryAfter());
    }

    private static PollResult unanswered(FailureCategory category, String code, String text, @Nullable Duration after) {
        return new PollResult.Unanswered(
                new Failure(category, Billed.UNKNOWN, code, "no answer to a poll: " + text, after));
    }

    private static Billed billed(@Nullable Money charged) {
        return charged == null ? Billed.UNKNOWN : charged.ticks() > 0 ? Billed.YES : Billed.NO;
    }

    private static @Nullable Money charged(JsonNode body) {
        JsonNode ticks = body.path("usage").path("cost_in_usd_ticks");
        return ticks.isIntegralNumber() && ticks.canConvertToLong() && ticks.asLong() >= 0
                ? new Money(ticks.asLong())
                : null;
    }

    private static JsonNode read(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String shown(String text) {
        String line = text.strip();
        return line.isEmpty() ? "(nothing)" : line.length() <= 500 ? line : line.substring(0, 500) + "…";
    }

    /** What an error says of itself, in xAI's flat form or in the nested form of proxies. */
    private record Said(String code, String text) {
        static Said in(XaiReply.Answered answer) {
            return of(read(answer.body()), answer.body());
        }

        static Said of(JsonNode body, String otherwise) {
            JsonNode error = body.path("error");
            if (error.isObject()) {
                String text = error.path("message").asText("");
                return new Said(word(error.path("code")), shown(text.isEmpty() ? error.toString() : text));
            }
            return new Said(word(body.path("code")), shown(error.isTextual() ? error.asText() : otherwise));
        }

        private static String word(JsonNode code) {
            String text = code.asText("");
            return text.length() <= 100 ? text : text.substring(0, 100) + "…";
        }

        String codeOr(int status) {
            return code.isEmpty() ? Integer.toString(status) : code;
        }

        String lower() {
            return (code + " " + text).toLowerCase(Locale.ROOT);
        }
    }
}
