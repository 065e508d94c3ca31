import { Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { ClientsModule } from '../clients/clients.module.js'
import { LimitsModule } from '../limits/limits.module.js'
import { FormGuard } from '../page-sessions/form.guard.js'
import { PageSessionsModule } from '../page-sessions/page-sessions.module.js'
import { EdgeGuard } from './edge.guard.js'

@Module({
  imports: [ClientsModule, LimitsModule, PageSessionsModule],
  providers: [
    { provide: APP_GUARD, useClass: EdgeGuard },
    { provide: APP_GUARD, useClass: FormGuard },
  ],
})
export class EdgeModule {}
