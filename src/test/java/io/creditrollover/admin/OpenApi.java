package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description that the API gives of itself, and whether an answer fits it. */
final class OpenApi {
    private static final JsonNode DESCRIPTION = read();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private OpenApi() {}

    /** Fails where an answer is not described, or differs from its description. */
    static void check(String method, String path, ApiClient.Answer answer) {
        JsonNode operation = operation(path).path(method.toLowerCase(java.util.Locale.ROOT));
        if (operation.isMissingNode()) {
            assertThat(answer.status())
                    .as("%s %s is not described", method, path)
                    .isIn(401, 403, 404, 411, 413, 429);
            checkBody("#/components/schemas/Problem", answer);
            return;
        }
        JsonNode response = operation.path("responses").path(String.valueOf(answer.status()));
        if (response.isMissingNode()) {
            response = operation.path("responses").path("default");
            assertThat(answer.status()).as("%s %s", method, path).isGreaterThanOrEqualTo(400);
        }
        JsonNode described = resolve(response);
        assertThat(described.isMissingNode())
                .as("%s %s does not describe %s: %s", method, path, answer.status(), answer.body())
                .isFalse();
        described.path("headers").propertyNames().forEach(name -> assertThat(answer.header(name))
                .as(name)
                .isNotEmpty());
        String mediaType = answer.header("Content-Type").split(";")[0];
        JsonNode content = described.path("content").path(mediaType);
        assertThat(content.isMissingNode())
                .as("%s %s describes no %s for %s", method, path, mediaType, answer.status())
                .isFalse();
        if (mediaType.endsWith("json")) {
            checkBody(content.path("schema"), answer);
        }
    }

    private static void checkBody(String reference, ApiClient.Answer answer) {
        checkBody(JsonMapper.shared().createObjectNode().put("$ref", reference), answer);
    }

    private static void checkBody(JsonNode schema, ApiClient.Answer answer) {
        ObjectNode whole = schema.deepCopy().asObject();
        whole.set("components", DESCRIPTION.path("components"));
        assertThat(SCHEMAS.getSchema(whole).validate(answer.json()))
                .as(answer.body())
                .isEmpty();
    }

    private static JsonNode operation(String path) {
        String bare = path.replaceAll("\\?.*", "");
        for (Map.Entry<String, JsonNode> described : DESCRIPTION.path("paths").properties()) {
            if (bare.matches(described.getKey().replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+"))) {
                return described.getValue();
            }
        }
        return JsonMapper.shared().missingNode();
    }

    private static JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : DESCRIPTION.at(reference.substring(1));
    }

    private static JsonNode read() {
        try (InputStream description = new ClassPathResource("admin/openapi.yaml").getInputStream()) {
            return JsonMapper.shared().valueToTree(new Yaml().<Object>load(description));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
