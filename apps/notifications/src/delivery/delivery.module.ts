import { Module } from '@nestjs/common'
import { BudgetsModule } from '../budgets/budgets.module.js'
import { EmailsModule } from '../emails/emails.module.js'
import { MailboxesModule } from '../mailboxes/mailboxes.module.js'
import { SettingsModule } from '../settings/settings.module.js'
import { SourcesModule } from '../sources/sources.module.js'
import { UnsubscribeModule } from '../unsubscribe/unsubscribe.module.js'
import { ComposeEmail } from './compose-email.js'
import { DeliverEmail } from './deliver-email.js'
import { Delivery } from './delivery.js'
import { EmailLimits } from './email-limits.js'
import { EmailMetrics } from './email-metrics.js'
import { ForeseeEmails } from './foresee-emails.js'
import { MailServer } from './mail-server.js'
import { Preparations } from './preparations.js'
import { PrepareEmail } from './prepare-email.js'
import { Recipients } from './recipients.js'
import { RecordOutcome } from './record-outcome.js'
import { SendHeldEmail } from './send-held-email.js'
import { WriteContent } from './write-content.js'

@Module({
  imports: [BudgetsModule, EmailsModule, MailboxesModule, SettingsModule, SourcesModule, UnsubscribeModule],
  providers: [
    Recipients,
    WriteContent,
    ComposeEmail,
    EmailLimits,
    PrepareEmail,
    Preparations,
    MailServer,
    EmailMetrics,
    DeliverEmail,
    RecordOutcome,
    SendHeldEmail,
    Delivery,
    ForeseeEmails,
  ],
  exports: [ComposeEmail, MailServer],
})
export class DeliveryModule {}
