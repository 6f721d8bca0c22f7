package dev.moviola.xai.internal;

import dev.moviola.backend.ApiKey;
import dev.moviola.xai.XaiDownload;
import dev.moviola.xai.XaiOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Brings clips from addresses that a remote host named, and which are therefore not trusted. */
public final class Downloads {
    private static final int MOST_REDIRECTS = 5;
    private static final int BUFFER = 64 * 1024;
    private static final int SHOWN_OF_ERROR = 300;

    private final OkHttpClient http;
    private final HttpUrl base;
    private final ApiKey key;
    private final long largest;

    /** Shares the connections of {@code calls}. */
    public Downloads(HttpCalls calls, ApiKey key, XaiOptions options) {
        this.http = calls.http()
                .newBuilder()
                .callTimeout(options.downloadTimeout())
                .retryOnConnectionFailure(true)
                .build();
        this.base = calls.base();
        this.key = key;
        this.largest = options.largestDownload();
    }

    /** Starts a download. */
    public CompletableFuture<XaiDownload> start(String address, Path file, XaiDownload.Progress progress) {
        CompletableFuture<XaiDownload> result = new CompletableFuture<>();
        step(HttpUrl.parse(address), MOST_REDIRECTS, file, progress, result);
        return result;
    }

    private void step(
            @Nullable HttpUrl url,
            int redirects,
            Path file,
            XaiDownload.Progress progress,
            CompletableFuture<XaiDownload> result) {
        if (url == null || !isPermitted(url)) {
            result.complete(new XaiDownload.Unacceptable("the address of a clip must be https, but was "
                    + (url == null ? "not an http address" : url.scheme() + " on " + url.host())));
            return;
        }
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("User-Agent", "moviola")
                // Lengths can only be checked on bytes that are not packed on the way.
                .header("Accept-Encoding", "identity");
        if (isOrigin(url)) {
            request.header("Authorization", "Bearer " + key.reveal());
        }
        http.newCall(request.build()).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                result.complete(new XaiDownload.Broken(key.scrub(HttpCalls.said(e))));
            }

            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    if (response.isRedirect()) {
                        redirect(response);
                    } else if (response.code() == 200) {
                        result.complete(save(response, file, progress));
                    } else {
                        result.complete(refused(response));
                    }
                } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                }
            }

            private void redirect(Response response) {
                if (redirects == 0) {
                    result.complete(new XaiDownload.Unacceptable(
                            "a clip must be reached within " + MOST_REDIRECTS + " redirects, but there was one more"));
                } else {
                    String location = Objects.requireNonNullElse(response.header("Location"), "");
                    step(url.resolve(location), redirects - 1, file, progress, result);
                }
            }
        });
    }

    private boolean isPermitted(HttpUrl url) {
        return url.isHttps() || (Hosts.isLoopback(url.host()) && Hosts.isLoopback(base.host()));
    }

    private boolean isOrigin(HttpUrl url) {
        return url.scheme().equals(base.scheme()) && url.host().equals(base.host()) && url.port() == base.port();
    }

    private XaiDownload refused(Response response) {
        String text;
        try {
            text = response.peekBody(SHOWN_OF_ERROR).string();
        } catch (IOException e) {
            text = "";
        }
        return new XaiDownload.Refused(response.code(), key.scrub(text), HttpCalls.retryAfter(response));
    }

    private XaiDownload save(Response response, Path file, XaiDownload.Progress progress) {
        long total = response.body().contentLength();
        if (total > largest) {
            return tooLarge(total);
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            XaiDownload result;
            try (OutputStream out = Files.newOutputStream(part)) {
                result = copy(response.body().byteStream(), out, total, file, progress);
            }
            if (result instanceof XaiDownload.Complete) {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return result;
        } catch (IOException e) {
            return new XaiDownload.NotWritten(file + ": " + HttpCalls.said(e));
        } finally {
            part.toFile().delete();
        }
    }

    private XaiDownload copy(InputStream in, OutputStream out, long total, Path file, XaiDownload.Progress progress)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        while (true) {
            int read;
            try {
                read = in.read(buffer);
            } catch (IOException e) {
                return new XaiDownload.Broken("broke off after " + bytes + (total < 0 ? "" : " of " + total)
                        + " bytes (" + key.scrub(HttpCalls.said(e)) + ")");
            }
            if (read < 0) {
                break;
            }
            bytes += read;
            if (bytes > largest) {
                return tooLarge(bytes);
            }
            out.write(buffer, 0, read);
            progress.at(bytes, total);
        }
        if (total >= 0 && bytes != total) {
            return new XaiDownload.Broken("broke off after " + bytes + " of " + total + " bytes");
        }
        return bytes == 0
                ? new XaiDownload.Unacceptable("a clip must have at least one byte, but was empty")
                : new XaiDownload.Complete(file, bytes);
    }

    private XaiDownload tooLarge(long bytes) {
        return new XaiDownload.Unacceptable(
                "a clip must have at most " + largest + " bytes, but has " + bytes + " or more");
    }
}
