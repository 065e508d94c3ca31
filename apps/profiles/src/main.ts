import { start } from '@mpics/service-kit'
import { ProfilesConfig } from './config.js'
import { ProfilesModule } from './profiles.module.js'

await start(ProfilesModule, ProfilesConfig)
