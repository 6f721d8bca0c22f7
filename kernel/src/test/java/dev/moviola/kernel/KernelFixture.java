package dev.moviola.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.kernel.protocol.Message;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A kernel for all tests of a class, and a client of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KernelFixture {
    Path folder;

    KernelClient client;

    @BeforeAll
    void start(@TempDir Path own) {
        folder = own;
        client = new KernelClient(folder);
    }

    @AfterAll
    void stop() {
        client.close();
    }

    static ObjectNode code(String code) {
        return Message.object().put("code", code);
    }
}
