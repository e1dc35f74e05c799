package io.creditrollover;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.postgresql.copy.CopyManager;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * The rules of the house that bytecode can show. Each is made for a root package, so that {@link HouseRulesTest} holds
 * them against the product and {@link HouseRulesCanFailTest} against what was planted to break them.
 */
final class HouseRules {

    private static final int MAX_COLLABORATORS = 8;
    private static final String APPLICATION = "application";

    /** What each package may use. Who is not named here has no place in the house. */
    private static final Map<String, List<String>> MAY_USE = mayUse();

    private final String root;

    HouseRules(String root) {
        this.root = root;
    }

    private static Map<String, List<String>> mayUse() {
        Map<String, List<String>> uses = new LinkedHashMap<>();
        uses.put("exit", List.of());
        uses.put("decision", List.of());
        uses.put("config", List.of("exit", "decision"));
        uses.put("host", List.of("exit", "decision", "config"));
        uses.put("lease", List.of("exit", "config", "host"));
        uses.put("schema", List.of("exit", "config", "host"));
        uses.put("backup", List.of("exit", "config", "host", "schema"));
        uses.put("rollover", List.of("exit", "decision", "config", "lease", "host"));
        uses.put("undo", List.of("exit", "decision", "config", "lease", "host", "rollover"));
        uses.put("reinstate", List.of("decision", "rollover", "undo"));
        List<String> belowRun = List.of(
                "exit", "decision", "config", "lease", "host", "schema", "backup", "rollover", "undo", "reinstate");
        uses.put("run", belowRun);
        uses.put("report", and(belowRun, "run"));
        uses.put("notify", and(belowRun, "run", "report"));
        uses.put("webhook", and(belowRun, "run", "report", "notify"));
        uses.put("notice", and(belowRun, "run", "report", "notify", "webhook"));
        uses.put("remote", and(belowRun, "run"));
        uses.put("people", and(belowRun, "run"));
        uses.put("daily", and(belowRun, "run", "report", "notify", "notice", "webhook", "people"));
        uses.put("cli", and(belowRun, "run", "report", "notify", "notice", "webhook", "remote", "people", "daily"));
        uses.put("admin", and(belowRun, "run", "report", "notify", "notice", "webhook", "daily"));
        uses.put(APPLICATION, List.of("exit", "config", "cli"));
        return uses;
    }

    private static List<String> and(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    ArchRule arrowsPointDown() {
        LayeredArchitecture house = Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true);
        for (String name : MAY_USE.keySet()) {
            house = house.layer(name).definedBy(packageOf(name));
        }
        for (Map.Entry<String, List<String>> layer : MAY_USE.entrySet()) {
            String[] below = layer.getValue().toArray(String[]::new);
            house = below.length == 0
                    ? house.whereLayer(layer.getKey()).mayNotAccessAnyLayer()
                    : house.whereLayer(layer.getKey()).mayOnlyAccessLayers(below);
        }
        return house;
    }

    ArchRule everyPackageHasItsPlace() {
        String[] known = MAY_USE.keySet().stream().map(this::packageOf).toArray(String[]::new);
        return classes()
                .should()
                .resideInAnyPackage(known)
                .because("the arrows of the house cannot see other packages");
    }

    ArchRule decisionIsPure() {
        return classes()
                .that(resideInAPackage(packageOf("decision")))
                .should(onlyDependOnClassesThat(resideInAnyPackage(packageOf("decision"), "org.jspecify..")
                        .or(resideInAPackage("java..")
                                .and(not(resideInAnyPackage("java.io..", "java.net..", "java.nio..", "java.sql.."))))))
                .allowEmptyShould(true);
    }

    ArchRule packagesHaveNoCycles() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    ArchRule packagesAreNamedForWhatTheyDo() {
        return noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..", "..utils..", "..common..", "..service..", "..impl..", "..manager..", "..helper..");
    }

    ArchRule everyPackageIsNullMarked() {
        return classes().should(resideInANullMarkedPackage());
    }

    ArchRule timeComesFromAnInjectedClock() {
        return noClasses()
                .should()
                .accessTargetWhere(describe("the target reads the system's clock", HouseRules::readsTheSystemClock));
    }

    /** The JVM's locale may have digits of its own. */
    ArchRule textsAreTheSameInEveryLocale() {
        return noClasses().should().callMethod(String.class, "format", String.class, Object[].class);
    }

    /** A {@link java.sql.Timestamp} may pass by, since an array of them is how JDBC hands over a timestamptz[]. */
    ArchRule datesAreFromJavaTime() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Date.class, Calendar.class, GregorianCalendar.class);
    }

    /** While a server waits for the data of a COPY, none of its timeouts ends the locks of a frozen process. */
    ArchRule nothingIsCopiedIntoATable() {
        return noClasses()
                .should()
                .callMethodWhere(describe(
                        "COPY FROM STDIN",
                        (JavaCall<?> call) -> call.getTargetOwner().isAssignableTo(CopyManager.class)
                                && call.getName().equals("copyIn")));
    }

    ArchRule nothingIsInjectedPastTheConstructor() {
        ArchRule noField = noFields()
                .should()
                .beAnnotatedWith(Autowired.class)
                .orShould()
                .beAnnotatedWith(Value.class)
                .orShould()
                .beAnnotatedWith("jakarta.annotation.Resource")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .allowEmptyShould(true);
        ArchRule noSetter =
                noMethods().should().beAnnotatedWith(Autowired.class).allowEmptyShould(true);
        return CompositeArchRule.of(noField).and(noSetter);
    }

    ArchRule beansHaveAtMostEightCollaborators() {
        return classes()
                .that()
                .areAnnotatedWith(Component.class)
                .or()
                .areMetaAnnotatedWith(Component.class)
                .should(haveConstructorsWithAtMost(MAX_COLLABORATORS))
                .allowEmptyShould(true);
    }

    ArchRule publicFieldsAreFinal() {
        return fields().that().arePublic().should().beFinal().allowEmptyShould(true);
    }

    private String packageOf(String name) {
        return name.equals(APPLICATION) ? root : root + "." + name + "..";
    }

    private static boolean readsTheSystemClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String name = access.getTarget().getName();
        if (owner.equals("java.lang.System")) {
            return name.equals("currentTimeMillis");
        }
        if (owner.equals("java.time.Clock")) {
            return name.startsWith("system") && !access.getOriginOwner().isAnnotatedWith(Configuration.class);
        }
        return owner.startsWith("java.time.") && name.equals("now") && !takesAClock(access);
    }

    private static boolean takesAClock(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package that is @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            item,
                            item.getPackageName() + " has no package-info with @NullMarked, for " + item.getName()));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> haveConstructorsWithAtMost(int most) {
        return new ArchCondition<>("have constructors with at most " + most + " parameters") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                for (JavaConstructor constructor : item.getConstructors()) {
                    if (constructor.getRawParameterTypes().size() > most) {
                        events.add(SimpleConditionEvent.violated(constructor, constructor.getDescription()));
                    }
                }
            }
        };
    }
}
