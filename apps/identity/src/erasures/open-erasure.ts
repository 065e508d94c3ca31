import { Clock, Ids } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { Addressees } from './addressees.js'
import { type Erasure, type ErasureCause, openErasure } from './erasure.js'
import { ErasureRepository, hashOfAccount } from './erasure.repository.js'

/** The one erasure of an account, with its address sealed for the last mail. */
@Injectable()
export class OpenErasure {
  constructor(
    private readonly erasures: ErasureRepository,
    private readonly addressees: Addressees,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  execute(account: Account): Promise<Erasure> {
    const id = this.ids.next()
    const acts = account.lockEntries.map(({ act, reason, at }) => ({ act, reason, at }))
    const sealed = this.addressees.seal(account, id)
    const fresh = { id, accountHash: hashOfAccount(account.id), cause: causeOf(account), acts, sealed }
    return this.erasures.open(openErasure(fresh, this.clock.now()))
  }
}

function causeOf({ emailVerifiedAt, lock }: Account): ErasureCause {
  if (lock?.dueAt) return 'locked'
  return emailVerifiedAt ? 'closed' : 'unverified'
}
