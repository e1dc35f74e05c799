# docker build --build-arg JRE_DIGEST=sha256:… --build-arg JDK_DIGEST=sha256:… -t credit-rollover .
# A tag can be moved, a digest cannot: both have to be given, from the registry's page of eclipse-temurin.
ARG JDK_DIGEST
ARG JRE_DIGEST

# The jar, and its parts by how often they change
FROM eclipse-temurin:25-jdk-noble@${JDK_DIGEST} AS build
WORKDIR /source
COPY .mvn .mvn
COPY mvnw pom.xml ./
RUN ./mvnw -B --no-transfer-progress dependency:go-offline -DexcludeScope=test
COPY db db
COPY src/main src/main
RUN ./mvnw -B --no-transfer-progress package -Dmaven.test.skip=true \
 && java -Djarmode=tools -jar target/credit-rollover.jar extract --layers --destination layers

# What every build shares: a JRE, the user, and a pg_dump no older than any server it may meet
FROM eclipse-temurin:25-jre-noble@${JRE_DIGEST} AS base
ARG POSTGRESQL_CLIENT=18
RUN apt-get update -q \
 && apt-get install -q -y --no-install-recommends ca-certificates postgresql-common \
 && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
 && apt-get install -q -y --no-install-recommends "postgresql-client-${POSTGRESQL_CLIENT}" \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --system --gid 10001 rollover \
 && useradd --system --uid 10001 --gid 10001 --home-dir /app --no-create-home --shell /usr/sbin/nologin rollover
WORKDIR /app

FROM base AS plain
COPY --from=build /source/layers/dependencies/ ./
COPY --from=build /source/layers/spring-boot-loader/ ./
COPY --from=build /source/layers/snapshot-dependencies/ ./
COPY --from=build /source/layers/application/ ./
USER 10001:10001
EXPOSE 8080
# Exec form: the JVM is process 1 and gets SIGTERM itself.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "credit-rollover.jar"]
CMD ["--help"]

# --target with-aot: starts about a second sooner. The training run finds no database and ends with 78; that is meant.
FROM plain AS aot
USER 0
RUN java -XX:AOTCacheOutput=/app/credit-rollover.aot -XX:MaxRAMPercentage=60 -jar credit-rollover.jar status; \
    test -s /app/credit-rollover.aot

FROM plain AS with-aot
COPY --from=aot /app/credit-rollover.aot ./
ENTRYPOINT ["java", "-XX:AOTCache=/app/credit-rollover.aot", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "credit-rollover.jar"]

# The last stage is what docker build makes when no target is named.
FROM plain
