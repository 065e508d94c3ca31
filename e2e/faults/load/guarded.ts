import { generateSync } from 'otplib'
import { Holder } from './holder.js'

const STEP_SECONDS = 30

/** Somebody who logs in with an authenticator app, for a while. */
export class Guarded extends Holder {
  private secret = ''
  private codes: string[] = []

  /** An attempt before, whose answer was lost, has made acting take a factor. */
  async addAuthenticator(): Promise<void> {
    const acting = await this.openAnother()
    const { accountId, token } = this
    const beginning = { method: 'POST', path: '/v1/me/authenticators/totp', token }
    const { body } = await this.requests.command({ kind: 'begin-factor', accountId }, beginning)
    this.secret = body.secret as string
    const given = { code: this.code() }
    const request = { method: 'POST', path: '/v1/me/authenticators/totp/confirm', token, body: given }
    const asked = { kind: 'add-factor', accountId, sessionId: this.sessionId } as const
    await this.requests.command(asked, request, undefined, [401])
    await this.untilOtherOut(acting)
    await this.prove()
  }

  async makeCodes(): Promise<void> {
    const request = { method: 'POST', path: '/v1/me/authenticators/recovery-codes', token: this.token }
    const asked = { kind: 'make-recovery-codes', accountId: this.accountId } as const
    this.codes = (await this.requests.command(asked, request)).body.recoveryCodes as string[]
  }

  /** An attempt before, whose answer was lost, has taken it out. */
  async removeAuthenticator(): Promise<void> {
    const other = this.token
    await this.logInByCode()
    const { accountId, token, sessionId } = this
    const request = { method: 'DELETE', path: '/v1/me/authenticators/totp', token }
    await this.requests.command({ kind: 'remove-factor', accountId, sessionId }, request, undefined, [404])
    await this.untilOtherOut({ token, other })
    await this.logIn()
  }

  /** By the next code, since that of this moment is taken. */
  private async prove(): Promise<void> {
    const body = { code: this.code(STEP_SECONDS) }
    const request = { method: 'POST', path: '/v1/sessions/current/proof', token: this.token, body }
    await this.requests.command({ kind: 'prove', accountId: this.accountId }, request)
  }

  private async logInByCode(): Promise<void> {
    const login = { login: this.handle, password: this.password }
    const beginning = { method: 'POST', path: '/v1/sessions', body: login }
    const pending = await this.requests.command({ kind: 'log-in', handle: this.handle }, beginning, undefined, [401])
    const body = { recoveryCode: this.codes.pop() }
    const request = { method: 'POST', path: `/v1/sessions/${pending.body.sessionId}/factor`, body }
    const asked = { kind: 'use-recovery-code', accountId: this.accountId } as const
    const answer = await this.requests.command(asked, request, ({ sessionId }) => sessionId)
    this.token = answer.body.accessToken
    this.sessionId = answer.body.sessionId
  }

  private code(ahead = 0): string {
    return generateSync({ secret: this.secret, epoch: Math.floor(Date.now() / 1000) + ahead })
  }
}
