package dev.moviola.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.FailureCategory;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    @Test
    void whatCannotSucceedIsNeverTriedAgain() {
        RetryPolicy policy = RetryPolicy.standard();
        assertThat(policy.triesFor(FailureCategory.MODERATION)).isEqualTo(1);
        assertThat(policy.triesFor(FailureCategory.VALIDATION)).isEqualTo(1);
        assertThat(policy.triesFor(FailureCategory.TRANSIENT)).isEqualTo(5);
        assertThatThrownBy(() -> policy.withTries(FailureCategory.MODERATION, 2))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("MODERATION failures are never tried again");
        assertThatThrownBy(() -> policy.withTries(FailureCategory.TRANSIENT, 0))
                .hasMessageContaining("at least 1, but was 0");
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        RetryPolicy policy = RetryPolicy.standard().withPauses(Duration.ofSeconds(2), Duration.ofSeconds(30));
        assertThat(policy.ceiling(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(policy.ceiling(3)).isEqualTo(Duration.ofSeconds(8));
        assertThat(policy.ceiling(5)).isEqualTo(Duration.ofSeconds(30));
        assertThat(policy.ceiling(1_000)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void pausesMustMakeSense() {
        assertThatThrownBy(() -> new RetryPolicy(Map.of(), Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(MoviolaException.class);
        assertThat(RetryPolicy.never().triesFor(FailureCategory.TRANSIENT)).isEqualTo(1);
    }
}
