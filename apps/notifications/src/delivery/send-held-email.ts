import type { Versioned } from '@mpics/eventing'
import { Injectable, Logger } from '@nestjs/common'
import type { Email } from '../emails/email.js'
import { DeliverEmail } from './deliver-email.js'
import { EmailMetrics } from './email-metrics.js'
import { inTraceOf } from '../emails/email-trace.js'
import { RecordOutcome } from './record-outcome.js'

/**
 * One mail that this replica holds: sent, and written down. A process that dies in between leaves the lease to end and the mail to
 * another attempt: twice at most where it died between the server's 250 and the record, and then with the same Message-ID.
 */
@Injectable()
export class SendHeldEmail {
  private readonly log = new Logger(SendHeldEmail.name)

  constructor(
    private readonly deliver: DeliverEmail,
    private readonly record: RecordOutcome,
    private readonly metrics: EmailMetrics,
  ) {}

  /** Never throws: what fails here is tried again when the lease has ended. */
  async execute(email: Versioned<Email>): Promise<void> {
    try {
      await inTraceOf(email, async () => {
        const outcome = await this.deliver.execute(email)
        await this.record.execute(email, outcome)
        this.metrics.attempted(outcome.state)
      })
    } catch (error) {
      this.log.error({ emailId: email.id, err: error }, 'a mail is left to a later attempt')
    }
  }
}
