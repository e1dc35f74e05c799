package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The answer to a form: the page of the run, or the form again with its sentence and what was typed.
 *
 * @param from the page with the form
 * @param form its name in the page
 * @param typed by field; never a secret
 */
record FormAnswer(String from, String form, Map<String, String> typed) {
    String act(RedirectAttributes flash, Supplier<StartResult> act) {
        try {
            StartResult begun = act.get();
            if (begun.remark() != null) {
                flash.addFlashAttribute("remark", begun.remark());
            }
            return "redirect:/runs/" + begun.executionId();
        } catch (ExitException refused) {
            return refused(flash, refused.sentence());
        }
    }

    String refused(RedirectAttributes flash, String sentence) {
        flash.addFlashAttribute("refused", sentence);
        flash.addFlashAttribute("form", form);
        flash.addFlashAttribute("typed", typed);
        return "redirect:" + from + "#" + form;
    }
}
