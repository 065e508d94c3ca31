import { Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { ClientsModule } from '../clients/clients.module.js'
import { LimitsModule } from '../limits/limits.module.js'
import { EdgeGuard } from './edge.guard.js'

@Module({
  imports: [ClientsModule, LimitsModule],
  providers: [{ provide: APP_GUARD, useClass: EdgeGuard }],
})
export class EdgeModule {}
