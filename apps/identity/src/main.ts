import { start } from '@mpics/service-kit'
import { IdentityConfig } from './config.js'
import { IdentityModule } from './identity.module.js'

await start(IdentityModule, IdentityConfig)
