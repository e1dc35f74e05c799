package io.creditrollover.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who calls: the operating system's user and machine. */
final class Caller {
    private Caller() {}

    static String name() {
        return System.getProperty("user.name", "unknown") + "@" + machine();
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
