const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

interface Tokens {
  accessToken: string
  refreshToken?: string
}

export class Visitor {
  private cookie = ''
  private tokens?: Tokens

  constructor(
    readonly accountId: string,
    private readonly login: { login: string; password: string },
    private readonly gatewayUrl: string,
    private readonly address: string,
  ) {}

  get browserId(): string {
    return this.cookie.slice('mpvid='.length)
  }

  async takeCookie(): Promise<void> {
    const answer = await this.call('GET', '/v1/page-views/cookie')
    this.cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!
  }

  async view(accountId: string, headers: Record<string, string> = {}): Promise<void> {
    const page = { page: `/profiles/${accountId}` }
    await this.expect(202, this.call('POST', '/v1/page-views', page, { cookie: this.cookie, ...headers }))
  }

  viewOwn(): Promise<void> {
    return this.asMember((authorization) => this.view(this.accountId, { authorization }))
  }

  async logIn(): Promise<void> {
    this.tokens = (await this.expect(201, this.call('POST', '/v1/sessions', this.login))) as Tokens
  }

  async logOff(): Promise<void> {
    await this.asMember((authorization) =>
      this.expect(204, this.call('DELETE', '/v1/sessions/current', undefined, { authorization })),
    )
    this.tokens = undefined
  }

  private async asMember(act: (authorization: string) => Promise<unknown>): Promise<void> {
    const { refreshToken } = this.tokens!
    this.tokens = (await this.expect(200, this.call('POST', '/v1/sessions/refresh', { refreshToken }))) as Tokens
    await act(`Bearer ${this.tokens.accessToken}`)
  }

  private call(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(new URL(path, this.gatewayUrl), {
      method,
      headers: {
        'user-agent': FIREFOX,
        'accept-language': 'en',
        'x-forwarded-for': this.address,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    })
  }

  private async expect(status: number, answer: Promise<Response>): Promise<unknown> {
    const given = await answer
    const text = await given.text()
    if (given.status !== status) throw new Error(`${given.url} answered ${given.status}: ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
}
