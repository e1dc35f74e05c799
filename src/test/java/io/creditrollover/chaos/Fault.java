package io.creditrollover.chaos;

import java.util.Locale;
import java.util.Random;

/** What goes wrong, and when: before or after a commit reaches the server, or at any moment of the process's life. */
enum Fault {
    /** {@code kill -9} of the program. */
    KILL {
        @Override
        TcpProxy.Then act(ChaosEnvironment world, JarProcess process) {
            process.kill();
            return TcpProxy.Then.CUT;
        }
    },
    /** {@code pg_ctl stop -m immediate}, and a start some seconds later. */
    CRASH {
        @Override
        TcpProxy.Then act(ChaosEnvironment world, JarProcess process) {
            world.server().crash();
            return TcpProxy.Then.CUT;
        }

        @Override
        void mend(ChaosEnvironment world, Random random) {
            ChaosServer.pause(random.nextInt(3_000));
            world.server().restart();
        }
    },
    /** Every connection of the program is reset. */
    CUT {
        @Override
        TcpProxy.Then act(ChaosEnvironment world, JarProcess process) {
            world.proxy().cut();
            return TcpProxy.Then.CUT;
        }
    },
    /** Every connection stays open and carries nothing any more; new ones work again after a while. */
    SWALLOW {
        @Override
        TcpProxy.Then act(ChaosEnvironment world, JarProcess process) {
            world.proxy().swallow(true);
            return TcpProxy.Then.SWALLOW;
        }

        @Override
        void mend(ChaosEnvironment world, Random random) {
            ChaosServer.pause(random.nextInt(6_000));
            world.proxy().swallow(false);
        }
    },
    /** SIGTERM; the program ends in order. */
    TERM {
        @Override
        TcpProxy.Then act(ChaosEnvironment world, JarProcess process) {
            process.signal("TERM");
            return TcpProxy.Then.FORWARD;
        }
    };

    /** Does it; returns what becomes of the packet that was under way. */
    abstract TcpProxy.Then act(ChaosEnvironment world, JarProcess process);

    /** Makes the way free again. */
    void mend(ChaosEnvironment world, Random random) {}

    /** Returns the name under which {@code src/test/campaign/pieces.sh} asks for it. */
    String inCounts() {
        return name().toLowerCase(Locale.ROOT) + (this == CRASH ? "es" : "s");
    }
}
