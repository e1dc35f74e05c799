package io.creditrollover.cli;

import io.creditrollover.run.Progress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Appears once the number of users is known. */
final class ProgressBarOnTerminal implements Progress {
    private @Nullable ProgressBar bar;

    @Override
    public synchronized void at(long done, long total) {
        if (total == 0) {
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("users")
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .build();
        }
        bar.stepTo(done);
        if (done >= total) {
            bar.close();
        }
    }
}
