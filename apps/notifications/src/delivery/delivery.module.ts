import { Module } from '@nestjs/common'
import { EmailsModule } from '../emails/emails.module.js'
import { MailboxesModule } from '../mailboxes/mailboxes.module.js'
import { SettingsModule } from '../settings/settings.module.js'
import { UnsubscribeModule } from '../unsubscribe/unsubscribe.module.js'
import { AddressLetter } from './address-letter.js'
import { DeliverEmail } from './deliver-email.js'
import { Delivery } from './delivery.js'
import { MailMetrics } from './mail-metrics.js'
import { MailServer } from './mail-server.js'
import { PrepareEmail } from './prepare-email.js'
import { Recipients } from './recipients.js'
import { RecordOutcome } from './record-outcome.js'
import { SendHeldEmail } from './send-held-email.js'
import { WriteLetter } from './write-letter.js'

@Module({
  imports: [EmailsModule, MailboxesModule, SettingsModule, UnsubscribeModule],
  providers: [
    Recipients,
    WriteLetter,
    AddressLetter,
    PrepareEmail,
    MailServer,
    MailMetrics,
    DeliverEmail,
    RecordOutcome,
    SendHeldEmail,
    Delivery,
  ],
})
export class DeliveryModule {}
