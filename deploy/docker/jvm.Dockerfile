# A service on the JVM, built from source: docker build -f deploy/docker/jvm.Dockerfile --build-arg SERVICE=migration-worker-service .
# One build stage for all three, so that an engine compiles the suite once.
FROM eclipse-temurin:25-jdk AS build
ENV LC_ALL=C.UTF-8
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw -q -B -ntp -Dquick -DskipTests \
    -pl provider-registry-service,migration-orchestrator-service,migration-worker-service -am package

FROM eclipse-temurin:25-jre
ARG SERVICE
# File names of documents hold more than ASCII, and the JVM takes their encoding from the locale.
ENV LC_ALL=C.UTF-8
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin hermes \
    && install -d -o hermes -g hermes /var/lib/hermes/documents
WORKDIR /opt/hermes
COPY --from=build /build/${SERVICE}/target/quarkus-app/ ./
COPY deploy/docker/is-ready /usr/local/bin/is-ready
USER 10001:10001
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 CMD ["is-ready"]
# exec form: the JVM is process 1 and hears SIGTERM. What it cannot hold in memory it must not survive.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "quarkus-run.jar"]
