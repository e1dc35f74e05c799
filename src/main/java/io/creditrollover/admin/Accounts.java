package io.creditrollover.admin;

import io.creditrollover.config.InvalidSettingException;
import io.creditrollover.config.RolloverProperties;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

@OnlyWhenServing
@Configuration(proxyBeanMethods = false)
class Accounts {
    private static final String BCRYPT = "\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}";
    private static final int GENERATED_BYTES = 18;

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    AuthenticationProvider passwordLogins(
            ConfiguredAccounts accounts, PasswordEncoder encoder, LoginThrottle delays, Refusals refusals) {
        DaoAuthenticationProvider passwords = new DaoAuthenticationProvider(accounts.users());
        passwords.setPasswordEncoder(encoder);
        return new PasswordLogins(passwords, delays, refusals);
    }

    /** If this were a {@code UserDetailsService} bean, Spring would check passwords with it too, without delays. */
    record ConfiguredAccounts(UserDetailsService users) {}

    /** Rejects a missing password, unless on the loopback address or with single sign-on. */
    @Bean
    ConfiguredAccounts configuredAccounts(
            RolloverProperties properties,
            ServerProperties server,
            PasswordEncoder encoder,
            ObjectProvider<ClientRegistrationRepository> singleSignOn) {
        RolloverProperties.Admin admin = properties.admin();
        String given = admin.password();
        boolean none = given == null || given.isBlank();
        List<UserDetails> users = new ArrayList<>();
        if (!none || singleSignOn.getIfAvailable() == null) {
            String password = none ? generated(admin.username(), server) : String.valueOf(given);
            users.add(user(admin.username(), password, Roles.OPERATOR, encoder));
        }
        String viewerPassword = admin.viewerPassword();
        if (viewerPassword != null && !viewerPassword.isBlank()) {
            users.add(user(admin.viewerUsername(), viewerPassword, Roles.VIEWER, encoder));
        }
        return new ConfiguredAccounts(new InMemoryUserDetailsManager(users));
    }

    private static UserDetails user(String name, String password, String role, PasswordEncoder encoder) {
        String hash = password.matches(BCRYPT) ? password : encoder.encode(password);
        return User.withUsername(name)
                .password(String.valueOf(hash))
                .roles(role)
                .build();
    }

    private static String generated(String username, ServerProperties server) {
        InetAddress address = server.getAddress();
        if (address == null || !address.isLoopbackAddress()) {
            throw new InvalidSettingException(
                    "rollover.admin.password is not set, but other machines can reach this server. Set ROLLOVER_ADMIN_PASSWORD."
                            + " Or set SERVER_ADDRESS=127.0.0.1, then a password is generated.");
        }
        byte[] random = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        say("ROLLOVER_ADMIN_PASSWORD is not set. Until this server stops, " + username + " logs in with: " + password);
        return password;
    }

    /** Not logged: logs may be archived, and the sentence contains a password. */
    private static void say(@Nullable String sentence) {
        System.err.println(sentence);
    }
}
