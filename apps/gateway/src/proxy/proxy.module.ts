import { Module } from '@nestjs/common'
import { ClientsModule } from '../clients/clients.module.js'
import { AuthModule } from '../auth/auth.module.js'
import { routes } from '../routes/routes.js'
import { Forward } from './forward.js'
import { proxyController } from './proxy.controller.js'
import { UpstreamRequests } from './upstream-requests.js'
import { Upstreams } from './upstreams.js'

@Module({
  imports: [AuthModule, ClientsModule],
  controllers: [proxyController(routes)],
  providers: [Forward, UpstreamRequests, Upstreams],
  exports: [UpstreamRequests, Upstreams],
})
export class ProxyModule {}
