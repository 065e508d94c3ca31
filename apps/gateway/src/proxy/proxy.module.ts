import { Module } from '@nestjs/common'
import { AnswersModule } from '../answers/answers.module.js'
import { ClientsModule } from '../clients/clients.module.js'
import { AuthModule } from '../auth/auth.module.js'
import { LimitsModule } from '../limits/limits.module.js'
import { routes } from '../routes/routes.js'
import { AfterChanges } from './after-changes.js'
import { ClientTransfers } from './client-transfers.js'
import { Forward } from './forward.js'
import { routeController } from '../routes/route-controller.js'
import { UpstreamRequests } from './upstream-requests.js'
import { Upstreams } from './upstreams.js'

const proxied = routes.filter(({ served }) => served === 'proxied')

@Module({
  imports: [AnswersModule, AuthModule, ClientsModule, LimitsModule],
  controllers: [routeController(proxied, Forward)],
  providers: [AfterChanges, ClientTransfers, Forward, UpstreamRequests, Upstreams],
  exports: [UpstreamRequests, Upstreams],
})
export class ProxyModule {}
