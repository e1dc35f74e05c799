package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.report.Explanation;
import io.creditrollover.report.Explanations;
import io.creditrollover.run.FoundUser;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.UserLookup;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The support page: from a search to a sentence for the customer. What is typed is posted, so that a phone number
 * appears in no address and no access log. The pages of what was found have ids in their addresses, so the back button
 * leads to them.
 */
@OnlyWhenServing
@Controller
class UserPage {
    private final Explanations explanations;
    private final UserLookup users;
    private final RolloverService rollovers;
    private final Formats texts;

    UserPage(Explanations explanations, UserLookup users, RolloverService rollovers, Formats texts) {
        this.explanations = explanations;
        this.users = users;
        this.rollovers = rollovers;
        this.texts = texts;
    }

    @GetMapping("/users")
    String byId(
            @RequestParam(required = false) @Nullable Long id,
            @RequestParam(required = false) @Nullable List<Long> ids,
            Model model) {
        if (id != null) {
            try {
                show(id, model);
            } catch (ExitException refused) {
                model.addAttribute("refused", refused.sentence());
            }
        } else if (ids != null) {
            model.addAttribute(
                    "found", UserSearchApi.found(users, users.withIds(ids)).users());
        }
        return "user";
    }

    @PostMapping("/users")
    String find(@RequestParam String user, Model model, RedirectAttributes flash) {
        UserLookup.Result result = users.find(InputChecks.required("An id, a phone number or a name", user));
        List<FoundUser> found = result.users();
        if (found.isEmpty()) {
            model.addAttribute("found", found);
            model.addAttribute("notSearched", result.notSearched());
            model.addAttribute("refused", "There is no user with this id, phone number or name.");
            return "user";
        }
        if (found.size() == 1) {
            return "redirect:/users?id=" + found.get(0).id();
        }
        flash.addFlashAttribute("notSearched", result.notSearched());
        String ids = found.stream().map(each -> String.valueOf(each.id())).collect(Collectors.joining(","));
        return "redirect:/users?ids=" + ids;
    }

    private void show(long id, Model model) {
        Explanation explanation = explanations.ofId(id);
        List<UserMonth> months = UserMonth.of(explanation, rollovers.runs(), texts);
        Optional<UserLookup.Details> details = users.details(id);
        String phone = explanation.phoneNumber();
        model.addAttribute("user", explanation);
        model.addAttribute("name", details.map(UserLookup.Details::name).orElse(null));
        model.addAttribute("phone", phone.replaceFirst("^\\*+", "…"));
        model.addAttribute("months", months);
        Explanation.Next next = explanation.next();
        if (!months.isEmpty()) {
            model.addAttribute("reply", months.get(0).reply());
            model.addAttribute("replyAbout", months.get(0).month());
        } else if (next != null) {
            model.addAttribute("reply", (next.text() + " " + next.advice()).strip());
            model.addAttribute("replyAbout", Formats.month(next.rolloverDate()));
        }
        if (next != null) {
            model.addAttribute("next", next);
            model.addAttribute("nextMonth", Formats.month(next.rolloverDate()));
            model.addAttribute("nextCutoff", texts.time(next.cutoff()));
        }
    }
}
