package io.creditrollover.planted.habits;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

class IsInjectedPastTheConstructor {

    @Autowired
    String byField;

    @Value("${user.name}")
    String byValue;

    String bySetter;

    @Autowired
    void setBySetter(String bySetter) {
        this.bySetter = bySetter;
    }
}
