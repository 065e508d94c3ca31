import { DAY_MS } from '@mpics/contracts/durations'
import { LAST_TRACE_DAYS } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { type Addressee, Addressees } from './addressees.js'
import { ErasureNotFoundError } from './erasure.errors.js'
import { type Erasure, lastTraceOf } from './erasure.js'
import { ErasureRepository } from './erasure.repository.js'
import { claimMail, type LastMailOutcome, settleMail } from './last-mail.js'

const BATCH = 10

export interface LastMailToSend extends Addressee {
  erasureId: string
  begunAt: Date
  finishedAt: Date
  lastTraceAt: Date
  receipt: string
}

/** The mails with the receipts: given out to be sent, and forgotten with their addresses once they were. */
@Injectable()
export class LastMails {
  constructor(
    private readonly erasures: ErasureRepository,
    private readonly addressees: Addressees,
    private readonly clock: Clock,
  ) {}

  async claim(): Promise<LastMailToSend[]> {
    const ids = await this.erasures.idsOfDueMails(this.clock.now(), BATCH)
    const claimed = await Promise.all(ids.map((id) => this.claimOne(id)))
    return claimed.filter((mail) => mail !== null)
  }

  async settle(erasureId: string, outcome: LastMailOutcome): Promise<void> {
    await this.erasures.change(erasureId, (erasure) => settleMail(erasure, outcome, this.clock.now()))
  }

  private async claimOne(id: string): Promise<LastMailToSend | null> {
    let isMine = false
    const claimed = (erasure: Erasure) => {
      const decision = claimMail(erasure, this.clock.now())
      isMine = decision.changed
      return decision
    }
    try {
      const erasure = await this.erasures.change(id, claimed)
      return isMine ? await this.opened(erasure) : null
    } catch (error) {
      if (error instanceof ErasureNotFoundError) return null
      throw error
    }
  }

  /** An address that no key opens is lost, and its mail with it. */
  private async opened({ id, mail, begunAt, finishedAt, receipt }: Erasure): Promise<LastMailToSend | null> {
    const addressee = this.addressees.open(mail!.sealed, id)
    if (!addressee) return this.settle(id, 'refused').then(() => null)
    const lastTraceAt = lastTraceOf(finishedAt!, LAST_TRACE_DAYS * DAY_MS)
    return { ...addressee, erasureId: id, begunAt, finishedAt: finishedAt!, lastTraceAt, receipt: receipt! }
  }
}
