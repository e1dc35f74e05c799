package io.creditrollover.admin;

import io.creditrollover.run.FoundUser;
import io.creditrollover.run.UserLookup;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@OnlyWhenServing
@RestController
@RequestMapping("/admin")
class UserSearchApi {
    private final UserLookup users;

    UserSearchApi(UserLookup users) {
        this.users = users;
    }

    /** A user of a search. {@code credits} is null for a deleted user. */
    record Found(
            long userId,
            String phoneNumber,
            @Nullable String name,
            @Nullable Long credits,
            boolean deleted) {}

    record FoundUsers(List<Found> users, List<String> notSearched) {}

    @GetMapping("/users")
    FoundUsers find(@RequestParam(required = false) @Nullable String query) {
        return found(users, users.find(InputChecks.required("query", query)));
    }

    static FoundUsers found(UserLookup users, UserLookup.Result result) {
        Map<Long, UserLookup.Details> details =
                users.details(result.users().stream().map(FoundUser::id).toList());
        return new FoundUsers(
                result.users().stream()
                        .map(user -> found(user, details.get(user.id())))
                        .toList(),
                result.notSearched());
    }

    private static Found found(FoundUser user, UserLookup.@Nullable Details details) {
        return new Found(
                user.id(),
                user.maskedPhone(),
                details == null ? null : details.name(),
                details == null ? null : details.credits(),
                !user.present());
    }
}
