import { ServiceKitModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { AccessTokenAuthentication } from './auth/access-token.authentication.js'
import { AuthModule } from './auth/auth.module.js'
import { ComposePhotos } from './compose/compose-photos.js'
import { MainPart } from './compose/main-part.js'
import { MinorParts } from './compose/minor-parts.js'
import { PhotosController } from './compose/photos.controller.js'
import { ProfilesController } from './compose/profiles.controller.js'
import { GatewayConfig } from './config.js'
import { LinkPolicyOnPublication } from './consumers/link-policy-on-publication.js'
import { RefuseTokensOnRevocation } from './consumers/refuse-tokens-on-revocation.js'
import { DocsController } from './docs/docs.controller.js'
import { Clients } from './clients/clients.js'
import { configureEdge } from './edge/configure-edge.js'
import { EdgeGuard } from './edge/edge.guard.js'
import { Limits } from './limits/limits.js'
import { Countries } from './clients/countries.js'
import { ExistingPages } from './page-views/existing-pages.js'
import { PageViewsController } from './page-views/page-views.controller.js'
import { RecordPageView } from './page-views/record-page-view.js'
import { SessionTurns } from './page-views/session-turns.js'
import { CookiesController } from './pages/cookies.controller.js'
import { ExploreController } from './pages/explore.controller.js'
import { PhotoController } from './pages/photo.controller.js'
import { PolicyController } from './pages/policy.controller.js'
import { ProfileController } from './pages/profile.controller.js'
import { ResetPasswordController } from './pages/reset-password.controller.js'
import { ShowPage } from './pages/show-page.js'
import { UnsubscribeController } from './pages/unsubscribe.controller.js'
import { VerifyEmailController } from './pages/verify-email.controller.js'
import { PoliciesInForce } from './policies/policies-in-force.js'
import { Forward } from './proxy/forward.js'
import { proxyController } from './proxy/proxy.controller.js'
import { UpstreamRequests } from './proxy/upstream-requests.js'
import { Upstreams } from './proxy/upstreams.js'
import { routes } from './routes/routes.js'
import { WellKnownController } from './well-known/well-known.controller.js'

const api = [proxyController(routes), PhotosController, ProfilesController, PageViewsController]
const pages = [
  CookiesController,
  ExploreController,
  PhotoController,
  PolicyController,
  ProfileController,
  ResetPasswordController,
  UnsubscribeController,
  VerifyEmailController,
]
const documents = [DocsController, WellKnownController]
const reactions = [LinkPolicyOnPublication, RefuseTokensOnRevocation]

@Module({
  imports: [
    AuthModule,
    ServiceKitModule.forRoot(GatewayConfig, {
      authentication: AccessTokenAuthentication,
      configure: configureEdge,
    }),
  ],
  controllers: [...api, ...pages, ...documents, ...reactions],
  providers: [
    { provide: APP_GUARD, useClass: EdgeGuard },
    ...[Clients, Limits, PoliciesInForce],
    ...[Forward, UpstreamRequests, Upstreams],
    ...[ComposePhotos, MainPart, MinorParts],
    ...[Countries, ExistingPages, RecordPageView, SessionTurns, ShowPage],
  ],
})
export class GatewayModule {}
