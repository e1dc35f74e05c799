package io.creditrollover.admin;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * The admin, the operator and the support agent, with all that goes wrong on the way, by mouse, by keyboard and on a phone.
 * The undisturbed support agent is in {@link SupportTest}.
 */
class WalksTest {
    @TempDir
    private static Path profile;

    private static WalkScene scene;

    @BeforeAll
    static void open() throws Exception {
        scene = new WalkScene(profile);
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Nested
    class ByMouse extends DisturbedWalks {
        ByMouse() {
            super(Person.Way.MOUSE, WalksTest.scene);
        }
    }

    @Nested
    @Tag("chaos") // a minute
    class ByKeyboard extends DisturbedWalks {
        ByKeyboard() {
            super(Person.Way.KEYBOARD, WalksTest.scene);
        }
    }

    @Nested
    @Tag("chaos") // a minute
    class OnAPhone extends DisturbedWalks {
        OnAPhone() {
            super(Person.Way.PHONE, WalksTest.scene);
        }
    }
}
