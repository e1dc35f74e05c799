package io.creditrollover.host;

import java.util.ArrayList;
import java.util.List;

/** Checks the role's rights on the columns of a run. */
final class HostGrants {
    private HostGrants() {}

    static List<Finding> findings(HostTable table, String role, boolean live) {
        List<Finding> findings = new ArrayList<>();
        String grantee = Identifiers.readable(role);
        String name = table.schema().equals("public") ? table.name() : table.qualified();
        for (Needed needed : Needed.of(table.name())) {
            HostColumn column = table.columns().get(needed.column());
            if (column != null && !column.readable()) {
                findings.add(Finding.error(
                        needed.name(),
                        "The role " + role + " may not read " + needed.name() + ". Grant it:",
                        "GRANT SELECT (" + needed.column() + ") ON " + name + " TO " + grantee + ";"));
            }
        }
        HostColumn credits = table.columns().get("credits");
        if (live && table.name().equals("users") && credits != null && !credits.updatable()) {
            findings.add(Finding.error(
                    "users.credits",
                    "The role " + role + " may not update users.credits. Grant it:",
                    "GRANT UPDATE (credits) ON " + name + " TO " + grantee + ";"));
        }
        return findings;
    }
}
