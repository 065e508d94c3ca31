import { Module } from '@nestjs/common'
import { AuthModule } from '../auth/auth.module.js'
import { ClientsModule } from '../clients/clients.module.js'
import { ProxyModule } from '../proxy/proxy.module.js'
import { routeController } from '../routes/route-controller.js'
import { routes } from '../routes/routes.js'
import { ForwardStream } from './forward-stream.js'
import { OpenStreams } from './open-streams.js'
import { StreamUpstreams } from './stream-upstreams.js'

const streamed = routes.filter(({ served }) => served === 'streamed')

@Module({
  imports: [AuthModule, ClientsModule, ProxyModule],
  controllers: [routeController(streamed, ForwardStream)],
  providers: [ForwardStream, OpenStreams, StreamUpstreams],
  exports: [ForwardStream],
})
export class StreamsModule {}
