package io.creditrollover;

import io.creditrollover.cli.CommandLineMain;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Application class; starts the command line. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class CreditRolloverApplication {
    public static void main(String[] args) {
        CommandLineMain.run(CreditRolloverApplication.class, args);
    }
}
