package io.creditrollover.report;

import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Created on first use, so other commands do not wait for it. */
@Component
public class Templates {
    private final SpringTemplateEngine engine = new SpringTemplateEngine();

    Templates() {
        engine.addTemplateResolver(resolver(TemplateMode.HTML, "*.html"));
        engine.addTemplateResolver(resolver(TemplateMode.TEXT, "*.txt"));
    }

    private static ClassLoaderTemplateResolver resolver(TemplateMode mode, String names) {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
        resolver.setTemplateMode(mode);
        resolver.setResolvablePatterns(java.util.Set.of(names));
        resolver.setCharacterEncoding("UTF-8");
        return resolver;
    }

    /** Renders a template and escapes HTML; {@code name} ends in {@code .html} or {@code .txt}. */
    public String fill(String name, Map<String, Object> values) {
        return engine.process(name, new Context(Locale.ROOT, values));
    }
}
