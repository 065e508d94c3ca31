import type { Type } from '@nestjs/common'
import type { ConfigClass } from './config/define-config.js'
import { createApp } from './create-app.js'

/** Runs a service: configuration, HTTP, events, the operators' server, and a graceful stop on SIGTERM and SIGINT. */
export async function start(module: Type, config: ConfigClass): Promise<void> {
  const app = await createApp(module, new config())
  await app.listen(0)
}
