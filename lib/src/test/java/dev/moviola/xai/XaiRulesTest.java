package dev.moviola.xai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.backend.ApiKey;
import dev.moviola.backend.Capabilities;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XaiRulesTest {
    private final XaiBackend backend = XaiBackend.create(ApiKey.of(Bench.KEY), XaiOptions.standard());

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        backend.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = (char) 0,
            value = {
                "generate|{}|prompt must not be empty",
                "generate|{'prompt':' '}|prompt must not be empty",
                "generate|{'prompt':'a','duration':0}|duration must be in 1..15 seconds for this request, but was 0",
                "generate|{'prompt':'a','duration':16}|but was 16",
                "generate|{'prompt':'a','duration':2.5}|duration must be a whole number",
                "generate|{'prompt':'a','duration':'long'}|duration must be a whole number",
                "generate|{'prompt':'a','aspect_ratio':'7:5'}|aspect_ratio must be one of [16:9",
                "generate|{'prompt':'a','resolution':'1080p'}|resolution of grok-imagine-video must be one of [480p, 720p], but was \"1080p\"",
                "generate|{'prompt':'a','model':'sora'}|model must be one of [grok-imagine-video, ",
                "generate|{'prompt':'a','seed':7}|xai has no parameter \"seed\" for generate; it has [aspect_ratio",
                "generate|{'prompt':'a','video':'https://x'}|no parameter \"video\"",
                "generate|{'prompt':'a','image':'http://x/a.png'}|image must be an https address, a data URI or a file",
                "generate|{'prompt':'a','image':'absent.png'}|image cannot be read",
                "generate|{'prompt':'a','image':'a.txt'}|image must be a png, jpg, webp or mp4 file",
                "generate|{'prompt':'a','image':{'link':'x'}}|image must have url or file_id",
                "generate|{'prompt':'a','image':'https://x','reference_images':['https://y']}|image or reference_images, but not both",
                "generate|{'prompt':'a','duration':11,'reference_images':['https://y']}|duration must be in 1..10",
                "generate|{'prompt':'a','reference_images':['https://1','https://2','https://3','https://4','https://5','https://6','https://7','https://8']}|at most 7 reference_images, but got 8",
                "generate|{'prompt':'a','reference_images':'https://y'}|reference_images must be a list",
                "generate|{'prompt':'a','model':'grok-imagine-video-1.5-lite','reference_images':['https://y']}|at most 0 reference_images",
                "generate|{'prompt':'a','model':'grok-imagine-video-1.5','resolution':'1080p','reference_images':['https://y']}|at most 720p with reference_images",
                "generate|{'prompt':'a','last_frame':'https://y'}|takes no last_frame",
                "generate|{'prompt':'a','model':'grok-imagine-video-1.5','keyframes':[1]}|a keyframe must be an object",
                "generate|{'prompt':'a','model':'grok-imagine-video-1.5','keyframes':[1,2,3,4,5]}|keyframes must be at most 4",
                "generate|{'prompt':'a','reference_audios':[1,2,3,4]}|reference_audios must be at most 3",
                "generate|{'prompt':'a','generate_audio':'yes'}|generate_audio must be true or false",
                "edit|{'prompt':'a'}|needs a video",
                "edit|{'prompt':'a','video':'https://x','duration':3}|no parameter \"duration\"",
                "edit|{'prompt':'a','video':'https://x','model':'grok-imagine-video-1.5'}|does not edit or extend",
                "extend|{'prompt':'a','video':'https://x','duration':11}|duration must be in 1..10",
                "upscale|{'prompt':'a'}|must be generate, edit or extend, but was \"upscale\""
            })
    void aRuleThatIsBrokenIsStatedWithItsValues(String kind, String json, String message) {
        Job job = job(kind, json);
        Failure failure = backend.check(job).orElseThrow();
        assertThat(failure.category()).isEqualTo(FailureCategory.VALIDATION);
        assertThat(failure.billed()).isEqualTo(Billed.NO);
        assertThat(failure.message()).contains(message);
        assertThat(backend.price(List.of(job))).isEqualTo(Money.ZERO);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = (char) 0,
            value = {
                "generate|{'prompt':'a'}|0.40",
                "generate|{'prompt':'a','duration':1,'resolution':'720p','aspect_ratio':'21:9','repeat':2}|0.07",
                "generate|{'prompt':'a','duration':15,'resolution':'1080p','model':'grok-imagine-video-1.5'}|3.75",
                "generate|{'prompt':'a','duration':2,'resolution':'1080p','model':'grok-imagine-video-1.5-lite'}|0.28",
                "generate|{'image':'https://x','duration':1,'model':'grok-imagine-video-1.5'}|0.08",
                "generate|{'prompt':'a','duration':10,'reference_images':['https://y']}|0.50",
                "edit|{'prompt':'a','video':'https://x'}|0.63",
                "extend|{'prompt':'a','video':{'file_id':'f1'}}|0.42"
            })
    void aJobWithinTheRulesHasItsListedPrice(String kind, String json, double dollars) {
        Job job = job(kind, json);
        assertThat(backend.check(job)).isEmpty();
        assertThat(backend.price(List.of(job))).isEqualTo(Money.dollars(dollars));
    }

    @Test
    void aPromptMayBeStrangeButNotEndless() {
        assertThat(backend.check(Bench.job("prompt", "<script>alert('\n\u0000')</script>\uD83E\uDD96")))
                .isEmpty();
        assertThat(backend.check(Bench.job("prompt", "\uD83E\uDD96".repeat(4096))))
                .isEmpty();
        Failure failure =
                backend.check(Bench.job("prompt", "x".repeat(1 << 20))).orElseThrow();
        assertThat(failure.message())
                .isEqualTo("prompt must have at most 4096 characters for grok-imagine-video, but has 1048576")
                .hasSizeLessThan(200);
        assertThat(backend.check(Bench.job("x".repeat(1 << 20), 1))
                        .orElseThrow()
                        .message())
                .hasSizeLessThan(500);
    }

    @Test
    void aFileMustNotBeTooLarge() throws IOException {
        Path large = folder.resolve("large.mp4");
        try (java.io.RandomAccessFile file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.setLength((50L << 20) + 1);
        }
        Job job = Job.of("edit", Parameters.of("prompt", "a", "video", large.toString()), Parameters.none());
        assertThat(backend.check(job).orElseThrow().message()).contains("at most 52428800 bytes");
    }

    @Test
    void theServiceIsDescribedAsItIs() {
        Capabilities capabilities = backend.capabilities();
        assertThat(capabilities.submitsPerSecond()).isEqualTo(1);
        assertThat(capabilities.seed() || capabilities.cancel() || capabilities.recover())
                .isFalse();
        assertThat(capabilities.deadline()).isEqualTo(Duration.ofSeconds(600));
        assertThat(capabilities.pollEvery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(capabilities.jobsPerSubmission()).isEqualTo(1);
        assertThat(backend.name()).isEqualTo("xai");
    }

    @Test
    void aModelThatCameLaterIsData() {
        XaiModel later =
                new XaiModel("grok-next", Map.of("4k", Money.dollars(1)), 10, false, 0, 15, false, false, false);
        try (XaiBackend other =
                XaiBackend.create(ApiKey.of(Bench.KEY), XaiOptions.standard().withModels(List.of(later)))) {
            assertThat(other.price(List.of(Bench.job("prompt", "a", "duration", 2))))
                    .isEqualTo(Money.dollars(2));
            assertThat(other.check(Bench.job("prompt", "eleven char"))).isPresent();
        }
        assertThat(XaiModel.find("grok-imagine-video-1.5")).contains(XaiModel.V1_5);
        assertThat(XaiModel.V1_5.resolutions()).containsExactly("480p", "720p", "1080p");
        assertThatThrownBy(() -> XaiModel.CLASSIC.price("8k", 1)).isInstanceOf(MoviolaException.class);
        assertThatThrownBy(() -> new XaiModel(" ", Map.of(), 1, false, 0, 1, false, false, false))
                .hasMessageContaining("at least one resolution");
    }

    private static Job job(String kind, String json) {
        return Job.of(kind, Parameters.parse(json.replace('\'', '"')), Parameters.none());
    }
}
