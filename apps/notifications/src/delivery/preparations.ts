import { Injectable } from '@nestjs/common'
import type { Email } from '../emails/email.js'
import { SettingsRepository } from '../settings/settings.repository.js'
import { Foreseen } from '../sources/foreseen.js'
import { type Look, type Prepared, PrepareEmail } from './prepare-email.js'

interface Early {
  /** The number of changes before it began. */
  since?: number
  look?: Look | undefined
  prepared?: Prepared | undefined
}

/**
 * Prepares mails while they are being made, so that each goes out as soon as it is written. What was prepared counts for a moment,
 * and no longer than until somebody changes a choice here: see docs/adr/0082-mails-are-prepared-while-they-are-made.md.
 */
@Injectable()
export class Preparations {
  private readonly foreseen = new Foreseen<Early>()
  private changes = 0

  constructor(
    private readonly prepare: PrepareEmail,
    settings: SettingsRepository,
  ) {
    settings.onChange(() => {
      this.changes++
      this.foreseen.forget()
    })
  }

  begin(email: Email): void {
    this.foreseen.foresee(email.id, () => this.early(email))
  }

  /** What was begun before the last change does not count. */
  async of(email: Email): Promise<Prepared> {
    const { since, look, prepared } = await this.foreseen.take(email.id, () => Promise.resolve<Early>({}))
    if (since !== this.changes) return this.prepare.execute(email)
    return prepared ?? this.prepare.execute(email, look)
  }

  private async early(email: Email): Promise<Early> {
    const since = this.changes
    const look = await this.prepare.look(email, true)
    return { since, look, prepared: await this.prepare.early(email, look) }
  }
}
