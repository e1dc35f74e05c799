package io.creditrollover.planted.decision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ReadsAFile {

    String decide() throws IOException {
        return Files.readString(Path.of("policy"));
    }
}
