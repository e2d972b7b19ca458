# A service as a native program. It is compiled before, where GraalVM or Mandrel 25 is: ./mvnw -Pnative -DskipTests package
# docker build -f deploy/docker/native.Dockerfile --build-arg SERVICE=migration-worker-service .
FROM debian:13-slim
ARG SERVICE
ENV LC_ALL=C.UTF-8
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin hermes \
    && install -d -o hermes -g hermes /var/lib/hermes/documents
COPY ${SERVICE}/target/*-runner /opt/hermes/service
COPY deploy/docker/is-ready /usr/local/bin/is-ready
USER 10001:10001
HEALTHCHECK --interval=5s --timeout=5s --start-period=10s --retries=3 CMD ["is-ready"]
ENTRYPOINT ["/opt/hermes/service"]
