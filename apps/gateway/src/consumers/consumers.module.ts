import { Module } from '@nestjs/common'
import { AnswersModule } from '../answers/answers.module.js'
import { AuthModule } from '../auth/auth.module.js'
import { PoliciesModule } from '../policies/policies.module.js'
import { DropAnswersOnAccountChange } from './drop-answers-on-account-change.js'
import { DropAnswersOnPhotoChange } from './drop-answers-on-photo-change.js'
import { DropAnswersOnProfileChange } from './drop-answers-on-profile-change.js'
import { LinkPolicyOnPublication } from './link-policy-on-publication.js'
import { RefuseFormerRolesOnChange } from './refuse-former-roles-on-change.js'
import { RefuseProgramTokensOnRevocation } from './refuse-program-tokens-on-revocation.js'
import { RefuseTokensOnRevocation } from './refuse-tokens-on-revocation.js'

@Module({
  imports: [AnswersModule, AuthModule, PoliciesModule],
  controllers: [
    DropAnswersOnAccountChange,
    DropAnswersOnPhotoChange,
    DropAnswersOnProfileChange,
    LinkPolicyOnPublication,
    RefuseFormerRolesOnChange,
    RefuseProgramTokensOnRevocation,
    RefuseTokensOnRevocation,
  ],
})
export class ConsumersModule {}
