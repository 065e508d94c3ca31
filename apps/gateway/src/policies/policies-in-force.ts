import { identity } from '@mpics/contracts'
import { Clock, Peers } from '@mpics/service-kit'
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { setTimeout as wait } from 'node:timers/promises'

export type PolicyDocument = 'privacy' | 'terms'

export interface PublishedVersion {
  document: PolicyDocument
  version: string
  effectiveAt: Date
}

const RETRY_MS = 2_000

/** Projects the published versions of each document from facts, and asks identity for those of the time before. */
@Injectable()
export class PoliciesInForce implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('PoliciesInForce')
  private readonly stopping = new AbortController()
  private readonly versions: Record<PolicyDocument, PublishedVersion[]> = { privacy: [], terms: [] }

  constructor(
    private readonly peers: Peers,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    void this.askIdentity()
  }

  onApplicationShutdown(): void {
    this.stopping.abort()
  }

  publish(published: PublishedVersion): void {
    const versions = this.versions[published.document]
    if (versions.some(({ version }) => version === published.version)) return
    versions.push(published)
    versions.sort((a, b) => b.effectiveAt.getTime() - a.effectiveAt.getTime())
  }

  /** Null until the first one is known. */
  versionOf(document: PolicyDocument): string | null {
    const now = this.clock.now()
    return this.versions[document].find(({ effectiveAt }) => effectiveAt <= now)?.version ?? null
  }

  private async askIdentity(): Promise<void> {
    while (!this.stopping.signal.aborted && !(this.versionOf('privacy') && this.versionOf('terms'))) {
      try {
        const { items } = await this.peers.call(identity.listPolicies)
        for (const { document, version, effectiveAt } of items)
          this.publish({ document, version, effectiveAt: new Date(effectiveAt) })
      } catch (error) {
        this.logger.debug({ err: error }, 'identity does not answer yet')
      }
      await wait(RETRY_MS, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined)
    }
  }
}
