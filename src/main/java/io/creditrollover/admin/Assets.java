package io.creditrollover.admin;

import java.io.IOException;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

@OnlyWhenServing
@Controller
class Assets {
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");

    private final Resource htmx;

    Assets() throws IOException {
        Resource[] found = new PathMatchingResourcePatternResolver()
                .getResources("classpath*:/META-INF/resources/webjars/htmx.org/*/dist/htmx.min.js");
        if (found.length != 1) {
            throw new IllegalStateException("expected htmx once on the class path, found " + found.length);
        }
        this.htmx = found[0];
    }

    @GetMapping("/assets/htmx.js")
    ResponseEntity<Resource> htmx() {
        return answer(htmx, SCRIPT);
    }

    @GetMapping("/assets/dashboard.js")
    ResponseEntity<Resource> script() {
        return answer(new ClassPathResource("admin/assets/dashboard.js"), SCRIPT);
    }

    @GetMapping("/assets/support.js")
    ResponseEntity<Resource> supportScript() {
        return answer(new ClassPathResource("admin/assets/support.js"), SCRIPT);
    }

    @GetMapping("/assets/dashboard.css")
    ResponseEntity<Resource> style() {
        return answer(
                new ClassPathResource("admin/assets/dashboard.css"),
                MediaType.parseMediaType("text/css;charset=UTF-8"));
    }

    @GetMapping("/assets/icon.svg")
    ResponseEntity<Resource> icon() {
        return answer(new ClassPathResource("admin/assets/icon.svg"), MediaType.parseMediaType("image/svg+xml"));
    }

    private static ResponseEntity<Resource> answer(Resource resource, MediaType type) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .body(resource);
    }
}
