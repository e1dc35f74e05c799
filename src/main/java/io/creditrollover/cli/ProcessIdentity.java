package io.creditrollover.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who calls: the operating system's user and machine. */
final class ProcessIdentity {
    private ProcessIdentity() {}

    static String name() {
        return user() + "@" + machine();
    }

    /** In a container the user may have a number only, which Java does not tell. */
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
