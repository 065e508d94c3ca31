import { start } from '@mpics/service-kit'
import { NotificationsConfig } from './config.js'
import { NotificationsModule } from './notifications.module.js'

await start(NotificationsModule, NotificationsConfig)
