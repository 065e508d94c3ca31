import type { identity } from '@mpics/contracts'
import type { ApiClient, Credentials } from './api-client.js'
import { ProblemError } from './problem-error.js'
import type { ApiRequest, ApiResult } from './request.js'

/** The caller passes the calls, so that a client without schemas at run time loads none. */
export interface SessionApis {
  logIn: typeof identity.logIn
  refreshSession: typeof identity.refreshSession
  logOff: typeof identity.logOff
  /** For accounts with a second factor. */
  completeLogIn?: typeof identity.completeLogIn
}

/** Completes a log-in whose password was right; `expiresIn` is in seconds. */
export interface FactorNeeded {
  sessionId: string
  factors: ('totp' | 'recovery-code' | 'passkey')[]
  expiresIn: number
}

/** A log-in; its refresh token keeps it alive. */
export class Session implements Credentials {
  sessionId = ''
  private accessToken?: string
  private refreshToken?: string
  private browserToken?: string
  private renewing?: Promise<string | undefined>
  readonly api: ApiClient

  constructor(
    private readonly anonymous: ApiClient,
    private readonly apis: SessionApis,
  ) {
    this.api = anonymous.with({ credentials: this })
  }

  token(): string | undefined {
    return this.accessToken
  }

  /** Resolves to what is needed yet where the account has a second factor; nobody is logged in then. */
  async logIn(body: ApiRequest<typeof identity.logIn>['body']): Promise<FactorNeeded | undefined> {
    const { browserToken = this.browserToken, ...rest } = body
    const request = { body: { ...rest, ...(browserToken && { browserToken }) } }
    const answer = await this.anonymous.call(this.apis.logIn, request).catch(factorNeeded)
    if ('factors' in answer) return answer
    this.browserToken = answer.browserToken
    this.keep(answer)
    return undefined
  }

  async completeLogIn(
    { sessionId: id }: FactorNeeded,
    body: ApiRequest<typeof identity.completeLogIn>['body'],
  ): Promise<void> {
    const api = this.apis.completeLogIn
    if (!api) throw new TypeError('This session was made without the call that completes a log-in.')
    const answer = await this.anonymous.call(api, { params: { id }, body })
    this.browserToken = answer.browserToken
    this.keep(answer)
  }

  async logOff(): Promise<void> {
    await this.api.call(this.apis.logOff, {})
    this.accessToken = this.refreshToken = undefined
  }

  /** One renewal serves all waiting calls: a refresh token works once. */
  renew(): Promise<string | undefined> {
    this.renewing ??= this.refresh().finally(() => (this.renewing = undefined))
    return this.renewing
  }

  private async refresh(): Promise<string | undefined> {
    const body = this.refreshToken ? { refreshToken: this.refreshToken } : {}
    const answer = await this.anonymous.call(this.apis.refreshSession, { body }).catch(() => undefined)
    if (answer) this.keep(answer)
    return answer?.accessToken
  }

  private keep(answer: ApiResult<typeof identity.logIn>): void {
    this.sessionId = answer.sessionId
    this.accessToken = answer.accessToken
    this.refreshToken = answer.refreshToken
  }
}

function factorNeeded(error: unknown): FactorNeeded {
  if (error instanceof ProblemError && error.code === 'identity.factor-needed')
    return error.problem as unknown as FactorNeeded
  throw error
}
