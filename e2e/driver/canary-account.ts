import { identity } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { SoftwareAuthenticator } from '@mpics/testing'
import type { Member } from '@mpics/tools/people/member'
import { generateSync } from 'otplib'
import { Operator } from './operator.js'
import { exported } from './exported-to.js'
import type { Running } from './system.js'

const purposes = identity.consentPurpose.options

/** All that somebody may do with an account, so that each of its places is filled. */
export class CanaryAccount {
  private readonly phone = new SoftwareAuthenticator()

  constructor(
    private readonly running: Running,
    private readonly member: Member,
    private readonly mark: string,
  ) {}

  /** What changes the credentials comes before what they are proved for. */
  async fill(): Promise<void> {
    for (const purpose of purposes) await this.member.consent(purpose)
    await this.addPasskey()
    await this.addAuthenticator()
    await this.prove()
    await this.addToken()
    await this.beginEmailChange()
    await exported(this.running, this.member)
    await this.serveForAWhile()
  }

  /** Before an act that asks for it. */
  async prove(): Promise<void> {
    const { api } = this.member
    const options = await api.call(identity.beginPasskeyLogIn, {})
    const passkey = this.phone.use(options, this.circumstances)
    await api.call(identity.proveMyself, { body: { passkey } })
  }

  private get circumstances() {
    return { origin: new URL(this.running.system.gatewayUrl).origin }
  }

  private async addPasskey(): Promise<void> {
    const { api } = this.member
    const passkey = this.phone.make(await api.call(identity.beginPasskey, {}), this.circumstances)
    await api.call(identity.addPasskey, { body: { name: `phone ${this.mark}`, passkey } })
  }

  private async addAuthenticator(): Promise<void> {
    const { api } = this.member
    const { secret } = await api.call(identity.beginTotp, {})
    await api.call(identity.confirmTotp, { body: { code: generateSync({ secret }) } })
    await this.prove()
    await api.call(identity.makeRecoveryCodes, {})
  }

  /** Among the staff. */
  private async serveForAWhile(): Promise<void> {
    const operator = new Operator(this.running)
    const role = { account: this.member.accountId, role: 'support', why: `for ${this.mark}` }
    await operator.order('grant-role', role)
    await operator.order('revoke-role', role)
    await this.member.renew()
  }

  private async addToken(): Promise<void> {
    const expiresAt = new Date(Date.now() + DAY_MS).toISOString()
    const body = { name: `token ${this.mark}`, scopes: ['photos:read' as const], expiresAt }
    await this.member.api.call(identity.createProgramToken, { body })
  }

  private async beginEmailChange(): Promise<void> {
    const { password } = this.member.person
    const body = { currentPassword: password, newEmail: `${this.mark}.new@people.example` }
    await this.member.api.call(identity.changeEmail, { body })
  }
}
