import { setTimeout as delay } from 'node:timers/promises'
import type { Decision } from '@mpics/contracts'
import type { Versioned } from '@mpics/eventing'
import { ConcurrentChangeError } from '@mpics/mongo'
import { Injectable, Logger } from '@nestjs/common'
import type { Email } from '../emails/email.js'
import { EmailRepository } from '../emails/email.repository.js'

const WAITS_MS = [50, 100, 250, 500, 1_000, 2_000, 4_000, 8_000]

/**
 * Writes down what became of a mail, and the fact of it, in one write. Patient: a mail that was sent and not written down is sent
 * again. Gives way to a replica that took the mail over after the lease had ended.
 */
@Injectable()
export class RecordOutcome {
  private readonly log = new Logger(RecordOutcome.name)

  constructor(private readonly emails: EmailRepository) {}

  async execute(email: Versioned<Email>, outcome: Decision<Email>): Promise<void> {
    for (const wait of [...WAITS_MS, undefined]) {
      try {
        return await this.emails.save(email, outcome)
      } catch (error) {
        const { id: emailId } = email
        if (error instanceof ConcurrentChangeError) return this.log.warn({ emailId }, 'another replica has this mail')
        this.log.warn({ emailId, status: outcome.state.status, err: error }, 'an outcome could not be recorded')
        if (wait === undefined) throw error
        await delay(wait)
      }
    }
  }
}
