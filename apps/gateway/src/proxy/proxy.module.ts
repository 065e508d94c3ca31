import { Module } from '@nestjs/common'
import { ClientsModule } from '../clients/clients.module.js'
import { AuthModule } from '../auth/auth.module.js'
import { routes } from '../routes/routes.js'
import { Forward } from './forward.js'
import { routeController } from '../routes/route-controller.js'
import { UpstreamRequests } from './upstream-requests.js'
import { Upstreams } from './upstreams.js'

const proxied = routes.filter(({ served }) => served === 'proxied')

@Module({
  imports: [AuthModule, ClientsModule],
  controllers: [routeController(proxied, Forward)],
  providers: [Forward, UpstreamRequests, Upstreams],
  exports: [UpstreamRequests, Upstreams],
})
export class ProxyModule {}
