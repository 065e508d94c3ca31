import { identity } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { Clock, Peers } from '@mpics/service-kit'
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { setTimeout as wait } from 'node:timers/promises'

export type PolicyDocument = 'privacy' | 'terms'

export interface PublishedVersion {
  document: PolicyDocument
  version: string
  publishedAt: Date
  effectiveAt: Date
}

export interface AnnouncedVersion extends PublishedVersion {
  /** The version before. */
  supersedes: string | null
}

const RETRY_MS = 2_000
/** So long beyond its first day a version is news. */
const NEWS_MS = 14 * DAY_MS

/** Projects the published versions of each document from facts, and asks identity for those of the time before. */
@Injectable()
export class PoliciesInForce implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('PoliciesInForce')
  private readonly stopping = new AbortController()
  /** The last one first. */
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

  /** The version that was published last, and the one before it. */
  newest(document: PolicyDocument): { version: string; supersedes: string | null } | null {
    const [newest, before] = this.versions[document]
    return newest ? { version: newest.version, supersedes: before?.version ?? null } : null
  }

  /**
   * What everybody is told of, from the publication on (policy: "we will notify you by posting an announcement"). The first
   * documents of a site were in force when they were published, and are no news.
   */
  announced(): AnnouncedVersion[] {
    const now = this.clock.now().getTime()
    return [...this.versions.privacy, ...this.versions.terms].filter(isNews(now)).map((published) => {
      const versions = this.versions[published.document]
      return { ...published, supersedes: versions[versions.indexOf(published) + 1]?.version ?? null }
    })
  }

  private async askIdentity(): Promise<void> {
    while (!this.stopping.signal.aborted && !(this.versionOf('privacy') && this.versionOf('terms'))) {
      try {
        const { items } = await this.peers.call(identity.listPolicies)
        for (const { document, version, effectiveAt, publishedAt = effectiveAt } of items)
          this.publish({
            document,
            version,
            publishedAt: new Date(publishedAt),
            effectiveAt: new Date(effectiveAt),
          })
      } catch (error) {
        this.logger.debug({ err: error }, 'identity does not answer yet')
      }
      await wait(RETRY_MS, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined)
    }
  }
}

const isNews =
  (now: number) =>
  ({ publishedAt, effectiveAt }: PublishedVersion): boolean =>
    effectiveAt > publishedAt && now < effectiveAt.getTime() + NEWS_MS
