#!/bin/sh
# Starts a service from one file, whose code is compiled already; from its modules where traces are asked for or NODE_OPTIONS preload a program,
# since both find packages by their files.
set -- --max-semi-space-size=8
built="$PWD/apps/$APP/dist"
if [ -n "$OTEL_EXPORTER_OTLP_ENDPOINT$NODE_OPTIONS" ]; then
  exec node "$@" --import @mpics/service-kit/telemetry "$built/main.js"
fi
NODE_COMPILE_CACHE="$built/bundle/compiled" exec node "$@" "$built/bundle/main.js"
