package io.creditrollover.report;

import java.nio.file.Path;
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
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding("UTF-8");
        engine.setTemplateResolver(resolver);
    }

    /** Renders an HTML template, escaped. */
    public String fill(String name, Map<String, Object> values) {
        return engine.process(name, new Context(Locale.ROOT, values));
    }

    /**
     * Writes a report completely or not at all (64): one page without other files or network, for light and dark mode,
     * phone and desktop.
     */
    public void write(ReportPage page, Path file) {
        AtomicFileWriter.write(file, out -> out.write(fill("report/page.html", Map.of("page", page))));
    }
}
