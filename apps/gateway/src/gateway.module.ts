import { ServiceKitModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { AccountPagesModule } from './account-pages/account-pages.module.js'
import { AccessTokenAuthentication } from './auth/access-token.authentication.js'
import { AgentViewsModule } from './agent-views/agent-views.module.js'
import { AnswersModule } from './answers/answers.module.js'
import { AuthModule } from './auth/auth.module.js'
import { ClientsModule } from './clients/clients.module.js'
import { ComposeModule } from './compose/compose.module.js'
import { GatewayConfig } from './config.js'
import { ConsumersModule } from './consumers/consumers.module.js'
import { DocsModule } from './docs/docs.module.js'
import { configureEdge } from './edge/configure-edge.js'
import { EdgeModule } from './edge/edge.module.js'
import { FailuresModule } from './failures/failures.module.js'
import { LimitsModule } from './limits/limits.module.js'
import { MyStatsModule } from './my-stats/my-stats.module.js'
import { PageViewsModule } from './page-views/page-views.module.js'
import { PagesModule } from './pages/pages.module.js'
import { PoliciesModule } from './policies/policies.module.js'
import { ProxyModule } from './proxy/proxy.module.js'
import { ServedRequestsModule } from './served-requests/served-requests.module.js'
import { SitemapModule } from './sitemap/sitemap.module.js'
import { StreamsModule } from './streams/streams.module.js'
import { WellKnownModule } from './well-known/well-known.module.js'

@Module({
  imports: [
    // First, since guards run in the order of modules: cross-site requests are refused and limits taken before access is checked.
    EdgeModule,
    ServiceKitModule.forRoot(GatewayConfig, { authentication: AccessTokenAuthentication, configure: configureEdge }),
    AccountPagesModule,
    AgentViewsModule,
    AnswersModule,
    AuthModule,
    ClientsModule,
    ComposeModule,
    ConsumersModule,
    DocsModule,
    FailuresModule,
    LimitsModule,
    MyStatsModule,
    PageViewsModule,
    PagesModule,
    PoliciesModule,
    ProxyModule,
    ServedRequestsModule,
    SitemapModule,
    StreamsModule,
    WellKnownModule,
  ],
})
export class GatewayModule {}
