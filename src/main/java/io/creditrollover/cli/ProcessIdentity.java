package io.creditrollover.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The actor: user and machine of the operating system. */
final class ProcessIdentity {
    private ProcessIdentity() {}

    static String name() {
        return user() + "@" + machine();
    }

    /** In a container the user may be a number, unknown to Java. */
    private static String user() {
        String name = System.getProperty("user.name", "?");
        return "?".equals(name) ? "unnamed" : name;
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
