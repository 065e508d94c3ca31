import { type ApiClient, CookieJar, ProblemError } from '@mpics/api-client'
import { gateway } from '@mpics/contracts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const HEADERS = { 'user-agent': FIREFOX, 'accept-language': 'en' }

/** A browser that keeps the one cookie that counting uses. */
export class Browser {
  /** Views sent again because no answer had come: Kafka may hold both. */
  repeated = 0
  private readonly api: ApiClient

  constructor(api: ApiClient) {
    this.api = api.with({ cookies: new CookieJar() })
  }

  async view(page: string, headers: Record<string, string> = {}): Promise<number> {
    try {
      const answer = await this.api.answer(gateway.recordPageView, { body: { page } }, { ...HEADERS, ...headers })
      this.repeated += answer.attempts - 1
      return answer.status
    } catch (error) {
      if (error instanceof ProblemError && error.status === 404) return error.status
      throw error
    }
  }
}
