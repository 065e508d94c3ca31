import { Module } from '@nestjs/common'
import { AnswersModule } from '../answers/answers.module.js'
import { ComposeModule } from '../compose/compose.module.js'
import { PageViewsModule } from '../page-views/page-views.module.js'
import { PageSessionsModule } from '../page-sessions/page-sessions.module.js'
import { PoliciesModule } from '../policies/policies.module.js'
import { CountView } from './count-view.js'
import { ConfirmEmailController } from './confirm-email.controller.js'
import { CookiesController } from './cookies.controller.js'
import { CountingController } from './counting.controller.js'
import { ExploreController } from './explore.controller.js'
import { FactorRecoveryController } from './factor-recovery.controller.js'
import { FaviconController } from './favicon.controller.js'
import { FreezeEmailController } from './freeze-email.controller.js'
import { InventoryController } from './inventory.controller.js'
import { LockObjectionController } from './lock-objection.controller.js'
import { PhotoController } from './photo.controller.js'
import { PolicyChangesController } from './policy-changes.controller.js'
import { PolicyController } from './policy.controller.js'
import { ProfileController } from './profile.controller.js'
import { ResetPasswordController } from './reset-password.controller.js'
import { ShowPage } from './show-page.js'
import { SiteNews } from './site-news.js'
import { UnsubscribeController } from './unsubscribe.controller.js'
import { VerifyEmailController } from './verify-email.controller.js'

@Module({
  imports: [AnswersModule, ComposeModule, PageSessionsModule, PageViewsModule, PoliciesModule],
  controllers: [
    ConfirmEmailController,
    CookiesController,
    CountingController,
    ExploreController,
    FactorRecoveryController,
    FaviconController,
    FreezeEmailController,
    InventoryController,
    PhotoController,
    PolicyChangesController,
    PolicyController,
    ProfileController,
    ResetPasswordController,
    UnsubscribeController,
    LockObjectionController,
    VerifyEmailController,
  ],
  providers: [CountView, ShowPage, SiteNews],
  exports: [ShowPage, SiteNews],
})
export class PagesModule {}
