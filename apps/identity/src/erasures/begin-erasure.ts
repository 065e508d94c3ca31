import { failPoint } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountNotFoundError } from '../accounts/account.errors.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { RetiredHandles } from '../retired-handles/retired-handles.repository.js'
import { beginErasure } from './account-erasure.js'
import { NotDueError } from './erasure.errors.js'
import { ErasureRepository } from './erasure.repository.js'
import { OpenErasure } from './open-erasure.js'

/** Begins one erasure, once: it is opened first, and then the account says so to every service in one write. */
@Injectable()
export class BeginErasure {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly handles: RetiredHandles,
    private readonly opening: OpenErasure,
    private readonly erasures: ErasureRepository,
    private readonly clock: Clock,
  ) {}

  async execute(accountId: string): Promise<void> {
    const account = await this.accounts.find(accountId)
    if (!account || account.erasure) return
    await this.handles.retire(account)
    const { id } = await this.opening.execute(account)
    await failPoint('erasure.afterOpen')
    await this.accounts
      .change(accountId, (current) => beginErasure(current, id, this.clock.now()))
      .catch((error: unknown) => this.givenUp(id, error))
  }

  private async givenUp(id: string, error: unknown): Promise<void> {
    if (error instanceof NotDueError) return this.erasures.drop(id)
    // another replica has begun it, and it is over
    if (!(error instanceof AccountNotFoundError)) throw error
  }
}
