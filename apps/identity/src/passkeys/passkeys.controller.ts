import { randomBytes } from 'node:crypto'
import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { Proved, type ProvedMember, whileProved } from '../proofs/proved-member.js'
import { ManagePasskeys } from './manage-passkeys.js'
import { nameUser, requireRoom } from './passkey.js'
import { PasskeyOptions } from './passkey-options.js'
import { RelyingParty } from './relying-party.js'
import { VerifyPasskey } from './verify-passkey.js'

type Passkeys = ApiAnswer<typeof identity.listPasskeys>

@Controller()
export class PasskeysController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly options: PasskeyOptions,
    private readonly verify: VerifyPasskey,
    private readonly managing: ManagePasskeys,
    private readonly site: RelyingParty,
  ) {}

  @Endpoint(identity.listPasskeys)
  async list(@Member() { accountId }: MemberIdentity): Promise<Passkeys> {
    return this.shown(await this.accounts.get(accountId))
  }

  @Endpoint(identity.beginPasskey)
  async begin(@Proved() member: ProvedMember): Promise<ApiAnswer<typeof identity.beginPasskey>> {
    const fresh = randomBytes(32).toString('base64url')
    const name = whileProved(member, (current) => nameUser(current, fresh))
    const account = await this.accounts.change(member.accountId, name)
    requireRoom(account)
    return this.options.toMake(account, account.factors.userHandle ?? fresh)
  }

  @Endpoint(identity.addPasskey)
  async add(
    @Proved() member: ProvedMember,
    @Input() { body }: ApiInput<typeof identity.addPasskey>,
  ): Promise<Passkeys> {
    const made = await this.verify.made(body.passkey, member.accountId)
    return this.shown(await this.managing.add(member, made, body.name))
  }

  @Endpoint(identity.renamePasskey)
  async rename(
    @Member() { accountId }: MemberIdentity,
    @Input() { params, body }: ApiInput<typeof identity.renamePasskey>,
  ): Promise<Passkeys> {
    return this.shown(await this.managing.rename(accountId, params.id, body.name))
  }

  @Endpoint(identity.removePasskey)
  async remove(
    @Proved() member: ProvedMember,
    @Input() { params }: ApiInput<typeof identity.removePasskey>,
  ): Promise<Passkeys> {
    return this.shown(await this.managing.remove(member, params.id))
  }

  private shown({ factors }: Account): Passkeys {
    return {
      items: factors.passkeys.map(({ id, name, transports, backedUp, aaguid, addedAt, lastUsedAt }) => ({
        ...{ id, name, backedUp, aaguid, transports: [...transports] },
        addedAt: addedAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      })),
      rpId: this.site.id,
      userId: factors.userHandle,
      acceptedCredentialIds: factors.passkeys.map(({ id }) => id),
    }
  }
}
