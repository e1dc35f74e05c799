package io.creditrollover.cli;

import io.creditrollover.backup.HeldBackups;
import io.creditrollover.people.Erasure;
import java.util.ArrayList;
import java.util.List;

final class ErasureText {
    private ErasureText() {}

    static String of(Erasure done) {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                done.changedNothing()
                        ? "There is no phone number of user " + done.userId() + " to erase."
                        : "Erased the phone number of user " + done.userId() + ": " + done.events() + " events, "
                                + done.dryRunDecisions() + " decisions of dry runs"
                                + (done.notices() == 0 ? "" : ", and the mail address: " + done.notices() + " notices")
                                + ". Amounts and decisions stay.");
        if (done.otherUsers() > 0) {
            sentences.add(
                    "The number was also in rows of " + done.otherUsers() + " other users, and was erased there.");
        }
        if (done.sharedNumber()) {
            sentences.add(
                    "More than a hundred other users have the same number. It stays in their rows; erase each user"
                            + " to remove it.");
        }
        if (done.present()) {
            sentences.add(
                    "The application still has this user, so later events contain the number again. Delete the user"
                            + " there first, or erase again after the next run.");
        }
        sentences.add(backups(done.backups()));
        return String.join("\n", sentences);
    }

    private static String backups(HeldBackups backups) {
        String others = " Backups made by others, and logs of the database, are not known here.";
        if (backups.directory() == null) {
            return "No backup directory is configured (rollover.backup.directory)." + others;
        }
        String where =
                "Backups are not changed: those in " + backups.directory() + " contain the number until they are "
                        + backups.retention().toDays() + " days old (rollover.backup.retention)";
        String which = backups.unreadable() != null
                ? "; they cannot be listed, because " + backups.unreadable() + "."
                : backups.files().isEmpty() ? "; it has none now." : ": " + String.join(", ", backups.files()) + ".";
        return where + which + others;
    }
}
