import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { JudgeLock } from './judge-lock.js'
import { LockAccount } from './lock-account.js'
import { shownLock } from './shown-lock.js'

type Shown = ApiAnswer<typeof identity.getAccountLock>

@Controller()
export class LocksController {
  constructor(
    private readonly locking: LockAccount,
    private readonly judging: JudgeLock,
  ) {}

  @Endpoint(identity.getAccountLock)
  async show(@Input() { params }: ApiInput<typeof identity.getAccountLock>): Promise<Shown> {
    return shownLock(await this.judging.find(params.id))
  }

  @Endpoint(identity.lockAccount)
  async lock(
    @Member() { accountId: by }: MemberIdentity,
    @Input() { params, body }: ApiInput<typeof identity.lockAccount>,
  ): Promise<Shown> {
    return shownLock(await this.locking.execute(params.id, { ...body, by }))
  }

  @Endpoint(identity.unlockAccount)
  async unlock(
    @Member() { accountId: by }: MemberIdentity,
    @Input() { params, body }: ApiInput<typeof identity.unlockAccount>,
  ): Promise<Shown> {
    return shownLock(await this.judging.unlock(params.id, { ...body, by }))
  }

  @Endpoint(identity.approveLock)
  async approve(
    @Member() { accountId: by }: MemberIdentity,
    @Input() { params, body }: ApiInput<typeof identity.approveLock>,
  ): Promise<Shown> {
    return shownLock(await this.judging.approve(params.id, { ...body, by }))
  }

  @Endpoint(identity.objectToLock)
  object(@Input() { params, body }: ApiInput<typeof identity.objectToLock>): Promise<void> {
    return this.judging.object(params.id, body.token)
  }
}
