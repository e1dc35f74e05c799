package io.creditrollover.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.server.PathContainer;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Answers unmapped API paths with a problem, not a page: 405 for a wrong method, else 404. */
@OnlyWhenServing
@RestController
class NothingHere {
    private static final String EVERYTHING = "/admin/**";

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    NothingHere(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    @RequestMapping(EVERYTHING)
    void nothing(HttpServletRequest request) throws HttpRequestMethodNotSupportedException {
        Set<String> methods = methods(PathContainer.parsePath(request.getRequestURI()));
        if (!methods.isEmpty()) {
            throw new HttpRequestMethodNotSupportedException(request.getMethod(), methods);
        }
        throw ApiException.notFound("There is nothing at this address. /admin/openapi.yaml lists all addresses.");
    }

    private Set<String> methods(PathContainer path) {
        Set<String> methods = new TreeSet<>();
        for (RequestMappingInfo info : mappings.getObject().getHandlerMethods().keySet()) {
            var patterns = info.getPathPatternsCondition();
            boolean answers = patterns != null
                    && patterns.getPatterns().stream()
                            .anyMatch(
                                    pattern -> !pattern.getPatternString().equals(EVERYTHING) && pattern.matches(path));
            if (answers) {
                info.getMethodsCondition().getMethods().stream()
                        .map(RequestMethod::name)
                        .forEach(methods::add);
            }
        }
        return methods;
    }
}
