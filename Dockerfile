# docker build -t credit-rollover .
# A tag can be moved, a digest cannot. To fix the bases:
#   --build-arg JDK_IMAGE=eclipse-temurin:25-jdk-noble@sha256:… --build-arg JRE_IMAGE=eclipse-temurin:25-jre-noble@sha256:…
ARG JDK_IMAGE=eclipse-temurin:25-jdk-noble
ARG JRE_IMAGE=eclipse-temurin:25-jre-noble

# The distribution, unpacked. jar knows no modes
FROM ${JDK_IMAGE} AS build
WORKDIR /source
COPY .mvn .mvn
COPY mvnw pom.xml ./
RUN ./mvnw -B --no-transfer-progress dependency:go-offline -DexcludeScope=test
COPY LICENSE ./
COPY db db
COPY src/main src/main
RUN ./mvnw -B --no-transfer-progress package -Dmaven.test.skip=true \
 && mkdir zip && cd zip && jar -xf ../target/credit-rollover-*.zip && mv credit-rollover-* /distribution \
 && chmod 755 /distribution/bin/credit-rollover

# A JRE, the user, and a pg_dump no older than any server it may meet
FROM ${JRE_IMAGE}
ARG POSTGRESQL_CLIENT=18
RUN apt-get update -q \
 && apt-get install -q -y --no-install-recommends ca-certificates postgresql-common \
 && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
 && apt-get install -q -y --no-install-recommends "postgresql-client-${POSTGRESQL_CLIENT}" \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --system --gid 10001 rollover \
 && useradd --system --uid 10001 --gid 10001 --home-dir /app --no-create-home --shell /usr/sbin/nologin rollover
WORKDIR /app
# Libraries change less often than the program
COPY --from=build /distribution/app/lib/ app/lib/
COPY --from=build /distribution/ ./
ENV CREDIT_ROLLOVER_CACHE=/app/cache \
    JAVA_OPTS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError"
# The class archive. Nothing listens at this address: what is loaded before is most of it
RUN SPRING_DATASOURCE_URL=jdbc:postgresql://127.0.0.1:1/none bin/credit-rollover archive-classes; test -n "$(ls cache)"
USER 10001:10001
EXPOSE 8080
# The launcher becomes the JVM, which is process 1 and gets SIGTERM itself.
ENTRYPOINT ["/app/bin/credit-rollover"]
CMD ["--help"]
