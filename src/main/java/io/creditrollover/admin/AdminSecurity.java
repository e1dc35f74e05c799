package io.creditrollover.admin;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * API: HTTP Basic, token or session. Pages: login page and session. Before login the server stores no session, saved
 * request or CSRF token.
 */
@OnlyWhenServing
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class AdminSecurity {
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    @Bean
    static RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.withDefaultRolePrefix()
                .role(Roles.OPERATOR)
                .implies(Roles.VIEWER)
                .build();
    }

    /** Scripts cannot read the cookie; forms send the token a second time. */
    @Bean
    CsrfTokenRepository csrfTokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("CREDIT_ROLLOVER_CSRF");
        tokens.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite("Lax"));
        return tokens;
    }

    /**
     * HTTP Basic and tokens need no CSRF token: a page of another site cannot add the header. If a browser adds stored
     * credentials, {@link RequestFilter} checks the origin.
     */
    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, LoginAnswers answers, CsrfTokenRepository csrfTokens, ApiTokens tokens)
            throws Exception {
        return common(http)
                .securityMatcher("/admin", "/admin/**", "/actuator/**")
                .addFilterBefore(new BearerTokens(tokens), BasicAuthenticationFilter.class)
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
                .httpBasic(basic -> basic.authenticationEntryPoint(answers::unauthenticated))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens)
                        .ignoringRequestMatchers(LoginAnswers::hasCredentials, AdminSecurity::isWrongMethod))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(answers::unauthenticated)
                        .accessDeniedHandler(answers::deniedByApi))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(
            HttpSecurity http, LoginAnswers answers, CsrfTokenRepository csrfTokens, SingleSignOn singleSignOn)
            throws Exception {
        singleSignOn.allow(http);
        return common(http)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers("/login", "/assets/**", "/error")
                        .permitAll()
                        .requestMatchers("/tokens", "/tokens/**")
                        .hasRole(Roles.OPERATOR)
                        .requestMatchers(HttpMethod.POST, "/users")
                        .hasRole(Roles.VIEWER)
                        .requestMatchers(HttpMethod.GET, "/**")
                        .hasRole(Roles.VIEWER)
                        .requestMatchers(HttpMethod.POST, "/**")
                        .hasRole(Roles.OPERATOR)
                        .anyRequest()
                        .denyAll())
                .formLogin(form -> form.loginPage("/login")
                        .successHandler(answers::loggedIn)
                        .failureHandler(answers::loginFailed)
                        .permitAll())
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(answers::unauthenticatedPage)
                        .accessDeniedHandler(answers::deniedByPage))
                .logout(logout -> logout.logoutSuccessUrl("/login?bye"))
                .build();
    }

    private static HttpSecurity common(HttpSecurity http) throws Exception {
        return http.addFilterBefore(new RequestFilter(), HeaderWriterFilter.class)
                .requestCache(cache -> cache.disable())
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .httpStrictTransportSecurity(Customizer.withDefaults()));
    }

    /** No handler accepts these methods. Skips the CSRF check, so that the answer is 405. */
    private static boolean isWrongMethod(HttpServletRequest request) {
        return !request.getMethod().equals("GET") && !request.getMethod().equals("POST");
    }
}
