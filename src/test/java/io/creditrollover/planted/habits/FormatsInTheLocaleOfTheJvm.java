package io.creditrollover.planted.habits;

import java.util.Locale;

class FormatsInTheLocaleOfTheJvm {

    String reported(int credits) {
        return String.format("%d credits", credits);
    }

    String allowed(int credits) {
        return String.format(Locale.ROOT, "%d credits", credits);
    }
}
