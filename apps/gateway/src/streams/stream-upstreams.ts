import { InsideTls, UnavailableError } from '@mpics/service-kit'
import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { Agent, type Dispatcher } from 'undici'
import { MissingParts } from '../failures/missing-parts.js'
import type { EdgeRoute } from '../routes/edge-route.js'
import { Upstreams } from '../proxy/upstreams.js'

const CONNECT_TIMEOUT_MS = 2_000

/** Connections for streams alone, one for each, so that open streams never take those of ordinary requests. */
@Injectable()
export class StreamUpstreams implements OnApplicationShutdown {
  private readonly agent: Agent

  constructor(
    private readonly upstreams: Upstreams,
    private readonly missing: MissingParts,
    tls: InsideTls,
  ) {
    this.agent = new Agent({ ...tls.poolOptions(CONNECT_TIMEOUT_MS), bodyTimeout: 0 })
  }

  async open(
    { api, timeoutMs }: EdgeRoute,
    path: string,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const { origin } = new URL(this.upstreams.urlOf(api.service))
    try {
      return await this.agent.request({ origin, path, method: 'GET', headers, signal, headersTimeout: timeoutMs })
    } catch (error) {
      if (!signal.aborted) this.missing.note('stream', error)
      throw new UnavailableError()
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy()
  }
}
