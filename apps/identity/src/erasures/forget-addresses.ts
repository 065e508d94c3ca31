import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { ErasureRepository } from './erasure.repository.js'
import { forgetAddress } from './last-mail.js'

const BATCH = 100

/** Forgets the addresses of mails that could not be sent in time. */
@Injectable()
export class ForgetAddresses {
  constructor(
    private readonly erasures: ErasureRepository,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    const now = this.clock.now()
    const ids = await this.erasures.idsOfOldAddresses(now, BATCH)
    if (ids.length > 0) await this.erasures.changeMany(ids, (erasure) => forgetAddress(erasure, now))
  }
}
