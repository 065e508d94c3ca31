// Preloaded with `node --import @mpics/service-kit/telemetry`, before anything that is to be traced. Off unless
// OTEL_EXPORTER_OTLP_ENDPOINT says where traces go: then not even the libraries are loaded.
if (process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) {
  const { startTelemetry } = await import('./start-telemetry.js')
  startTelemetry(process.env)
}
