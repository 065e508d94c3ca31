import { Module } from '@nestjs/common'
import { ComposeModule } from '../compose/compose.module.js'
import { PageSessionsModule } from '../page-sessions/page-sessions.module.js'
import { PagesModule } from '../pages/pages.module.js'
import { AccountAnswers } from './account-answers.js'
import { AcceptanceController } from './acceptance.controller.js'
import { AccountController } from './account.controller.js'
import { AddressController } from './address.controller.js'
import { ClosingController } from './closing.controller.js'
import { ConsentsController } from './consents.controller.js'
import { FactorsController } from './factors.controller.js'
import { LogInPage } from './log-in-page.js'
import { LogInStepsController } from './log-in-steps.controller.js'
import { LogInController } from './log-in.controller.js'
import { LogOffController } from './log-off.controller.js'
import { LostFactorController } from './lost-factor.controller.js'
import { PasskeysController } from './passkeys.controller.js'
import { PasswordController } from './password.controller.js'
import { PrivacyController } from './privacy.controller.js'
import { ProofController } from './proof.controller.js'
import { SessionsController } from './sessions.controller.js'
import { ToLogIn } from './to-log-in.filter.js'

@Module({
  imports: [ComposeModule, PageSessionsModule, PagesModule],
  controllers: [
    AcceptanceController,
    AccountController,
    AddressController,
    ClosingController,
    ConsentsController,
    FactorsController,
    LogInController,
    LogInStepsController,
    LogOffController,
    LostFactorController,
    PasskeysController,
    PasswordController,
    PrivacyController,
    ProofController,
    SessionsController,
  ],
  providers: [AccountAnswers, LogInPage, ToLogIn],
})
export class AccountPagesModule {}
