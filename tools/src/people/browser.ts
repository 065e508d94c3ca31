import type { ApiClient } from '../tour/api-client.js'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** A browser that keeps the one cookie that counting uses. */
export class Browser {
  cookie?: string
  /** Views sent again because no answer had come: Kafka may hold both. */
  repeated = 0

  constructor(
    private readonly api: ApiClient,
    private readonly patience = 0,
  ) {}

  async view(page: string, headers: Record<string, string> = {}): Promise<number> {
    const answer = await this.api.post(
      '/v1/page-views',
      { page },
      {
        expect: [202, 404],
        patience: this.patience,
        headers: {
          'user-agent': FIREFOX,
          'accept-language': 'en',
          ...(this.cookie && { cookie: this.cookie }),
          ...headers,
        },
      },
    )
    this.repeated += answer.attempts - 1
    const given = answer.headers.getSetCookie().find((c) => c.startsWith('mpvid='))
    if (given) this.cookie = given.split(';')[0]
    return answer.status
  }
}
