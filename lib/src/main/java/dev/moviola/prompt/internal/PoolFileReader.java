package dev.moviola.prompt.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.moviola.MoviolaException;
import dev.moviola.prompt.Combination;
import dev.moviola.prompt.Modifier;
import dev.moviola.prompt.ModifierPool;
import dev.moviola.prompt.PoolFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Reads a pool file token by token, so that each complaint can name its line. */
public final class PoolFileReader {
    private static final int MAX_MODIFIERS = 10_000;

    private final Path file;
    private final JsonParser parser;
    private int modifiers;

    private PoolFileReader(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** See {@link PoolFile#read}. */
    public static PoolFile read(Path file) {
        String text = text(file);
        boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        JsonFactory factory = json ? new JsonFactory() : new YAMLFactory();
        try (JsonParser parser = factory.createParser(text)) {
            parser.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
            return new PoolFileReader(file, parser).file();
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new MoviolaException(
                    file + ":" + line + ": not valid " + (json ? "JSON" : "YAML") + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse("no reason given"),
                    e);
        } catch (IOException e) {
            throw new MoviolaException("cannot read the pool file " + file + ": " + e.getMessage(), e);
        }
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(PoolFile.MAX_BYTES + 1);
            if (bytes.length > PoolFile.MAX_BYTES) {
                throw new MoviolaException(
                        "a pool file must have at most " + PoolFile.MAX_BYTES + " bytes, but " + file + " has more");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new MoviolaException("there is no pool file " + file, e);
        } catch (IOException e) {
            throw new MoviolaException("cannot read the pool file " + file + ": " + e.getMessage(), e);
        }
    }

    private PoolFile file() throws IOException {
        List<ModifierPool> pools = new ArrayList<>();
        List<Combination> combinations = new ArrayList<>();
        parser.nextToken();
        require(JsonToken.START_OBJECT, "a pool file must be an object with pools and combinations");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            switch (key) {
                case "pools" -> pools(pools);
                case "combinations" -> combinations(combinations);
                default -> throw fault("unknown key '" + key + "'; a pool file has pools and combinations");
            }
        }
        if (parser.nextToken() != null) {
            throw fault("there must be nothing after the pool file's object");
        }
        if (pools.isEmpty() && combinations.isEmpty()) {
            throw new MoviolaException(file + " has neither pools nor combinations; it needs one of them");
        }
        return new PoolFile(pools, combinations);
    }

    private void pools(List<ModifierPool> pools) throws IOException {
        parser.nextToken();
        require(JsonToken.START_OBJECT, "pools must be an object of names and lists of modifiers");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int line = line();
            parser.nextToken();
            require(JsonToken.START_ARRAY, "pool " + name + " must be a list of modifiers");
            List<Modifier> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                String text = scalar("a modifier of pool " + name);
                items.add(at(line(), () -> new Modifier(text)));
                if (++modifiers > MAX_MODIFIERS) {
                    throw fault("a pool file must have at most " + MAX_MODIFIERS + " modifiers");
                }
            }
            pools.add(at(line, () -> new ModifierPool(name, items)));
        }
    }

    private void combinations(List<Combination> combinations) throws IOException {
        parser.nextToken();
        require(JsonToken.START_ARRAY, "combinations must be a list");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(JsonToken.START_OBJECT, "a combination must be an object with weight and use");
            int line = line();
            double weight = 1;
            List<Combination.Part> parts = new ArrayList<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                switch (key) {
                    case "weight" -> {
                        if (!parser.currentToken().isNumeric()) {
                            throw fault("weight must be a number, but was " + parser.getText());
                        }
                        weight = parser.getDoubleValue();
                    }
                    case "use" -> parts(parts);
                    default -> throw fault("unknown key '" + key + "'; a combination has weight and use");
                }
            }
            double given = weight;
            combinations.add(at(line, () -> new Combination(given, parts)));
        }
    }

    private void parts(List<Combination.Part> parts) throws IOException {
        require(JsonToken.START_OBJECT, "use must be an object of pool names and modifiers");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String pool = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    parts.add(new Combination.Part(
                            pool, scalar("a modifier of pool " + pool).strip()));
                }
            } else {
                parts.add(new Combination.Part(
                        pool, scalar("a modifier of pool " + pool).strip()));
            }
        }
    }

    private String scalar(String what) throws IOException {
        JsonToken token = parser.currentToken();
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw fault(what + " must be written out; YAML aliases such as *" + parser.getText() + " are not followed");
        }
        if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw fault(what + " must be text");
        }
        return parser.getText();
    }

    private void require(JsonToken token, String rule) {
        if (parser.currentToken() != token) {
            throw fault(rule);
        }
    }

    private int line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private MoviolaException fault(String message) {
        return new MoviolaException(file + ":" + line() + ": " + message);
    }

    private <T> T at(int line, Supplier<T> made) {
        try {
            return made.get();
        } catch (MoviolaException e) {
            throw new MoviolaException(file + ":" + line + ": " + e.getMessage(), e);
        }
    }
}
