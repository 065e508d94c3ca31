import { start } from '@mpics/service-kit'
import { GatewayConfig } from './config.js'
import { GatewayModule } from './gateway.module.js'

await start(GatewayModule, GatewayConfig)
