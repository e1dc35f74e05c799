package io.creditrollover.admin;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who gets in, and how: HTTP Basic or the session for the API, a login page and a session for people. */
@OnlyWhenServing
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class AdminSecurity {
    /** Nothing but what comes from this server, and nothing inline. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    @Bean
    static RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.withDefaultRolePrefix()
                .role(Roles.OPERATOR)
                .implies(Roles.VIEWER)
                .build();
    }

    /**
     * The API. A request with HTTP Basic needs no token: a page of another site cannot add that header, and where a
     * browser would, {@link RequestGuard} sees where it comes from.
     */
    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, LoginDelays delays) throws Exception {
        return common(http, delays)
                .securityMatcher("/admin", "/admin/**", "/actuator/**")
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers("/actuator/health", "/actuator/health/**")
                                .permitAll()
                                .requestMatchers(HttpMethod.GET, "/**")
                                .hasRole(Roles.VIEWER)
                                .requestMatchers(HttpMethod.POST, "/**")
                                .hasRole(Roles.OPERATOR)
                                .anyRequest()
                                .hasRole(Roles.VIEWER))
                .httpBasic(basic -> basic.authenticationEntryPoint((request, response, failure) -> stranger(response)))
                .csrf(csrf -> csrf.ignoringRequestMatchers(AdminSecurity::hasBasic, AdminSecurity::isWrongMethod))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(
                                (request, response, failure) -> stranger(response))
                        .accessDeniedHandler((request, response, denied) -> denied(response)))
                .requestCache(cache -> cache.disable())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http, LoginDelays delays, SingleSignOn singleSignOn) throws Exception {
        singleSignOn.allow(http);
        return common(http, delays)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers("/login", "/assets/**", "/error")
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/users")
                        .hasRole(Roles.VIEWER)
                        .requestMatchers(HttpMethod.GET, "/**")
                        .hasRole(Roles.VIEWER)
                        .requestMatchers(HttpMethod.POST, "/**")
                        .hasRole(Roles.OPERATOR)
                        .anyRequest()
                        .denyAll())
                .formLogin(
                        form -> form.loginPage("/login").defaultSuccessUrl("/").permitAll())
                .logout(logout -> logout.logoutSuccessUrl("/login?bye"))
                .build();
    }

    private static HttpSecurity common(HttpSecurity http, LoginDelays delays) throws Exception {
        return http.addFilterBefore(new RequestGuard(delays), HeaderWriterFilter.class)
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .httpStrictTransportSecurity(Customizer.withDefaults()));
    }

    /** Nothing answers to them, so they change nothing: they are told so, with 405, rather than that a token is missing. */
    private static boolean isWrongMethod(HttpServletRequest request) {
        return !request.getMethod().equals("GET") && !request.getMethod().equals("POST");
    }

    private static boolean hasBasic(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6);
    }

    /** A missing token is noticed before anybody is asked who they are; strangers are told that they are. */
    private static void denied(HttpServletResponse response) throws IOException {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        if (known == null || !known.isAuthenticated()) {
            stranger(response);
        } else {
            Problems.write(
                    response,
                    HttpStatus.FORBIDDEN,
                    "Your role does not allow this, or a session sent it without its CSRF token.");
        }
    }

    private static void stranger(HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"credit-rollover\", charset=\"UTF-8\"");
        Problems.write(response, HttpStatus.UNAUTHORIZED, "Log in with HTTP Basic, or on the login page.");
    }
}
