import 'reflect-metadata'
import { start } from '@mpics/service-kit'
import { MediaConfig } from './config.js'
import { MediaModule } from './media.module.js'

await start(MediaModule, MediaConfig)
