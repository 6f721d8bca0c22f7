package dev.moviola.xai.internal;

import java.util.regex.Pattern;

/** Which hosts are this machine. */
public final class Hosts {
    private static final Pattern LOOPBACK_4 = Pattern.compile("127(\\.\\d{1,3}){3}");

    private Hosts() {}

    /** Whether {@code host}, a name or a literal address as in a URL, is this machine; names are not looked up. */
    public static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.equals("[::1]")
                || LOOPBACK_4.matcher(host).matches();
    }
}
