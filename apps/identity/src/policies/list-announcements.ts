import type { ApiAnswer, ApiInput, identity, Language } from '@mpics/contracts'
import { CursorSeal } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { pageOfArray } from '../paging/page-of-array.js'
import { documentNames, type Policy, textIn } from './policy.js'
import { PolicyRepository } from './policy.repository.js'

/** Policy: "we will notify you by posting an announcement on the 1mpics website so you are always aware". */
@Injectable()
export class ListAnnouncements {
  constructor(
    private readonly policies: PolicyRepository,
    private readonly clock: Clock,
    private readonly seal: CursorSeal,
  ) {}

  async execute(
    { query }: ApiInput<typeof identity.listAnnouncements>,
    language: Language,
  ): Promise<ApiAnswer<typeof identity.listAnnouncements>> {
    const now = this.clock.now()
    const published = (await this.policies.findMany(documentNames))
      .flatMap((policy) => announcementsOf(policy, language))
      .filter(({ publishedAt }) => publishedAt <= now)
      .sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime() || a.id.localeCompare(b.id))
    const { items, nextCursor } = pageOfArray(published, query, { seal: this.seal, list: 'announcements' })
    return { items: items.map(inText), nextCursor }
  }
}

const announcementsOf = ({ id: document, versions }: Policy, language: Language) =>
  versions.map((published) => {
    const { version, publishedAt, effectiveAt } = published
    const { summary, locale } = textIn(published, language)
    return { id: `${document}-${version}`, document, version, publishedAt, effectiveAt, locale, summary }
  })

const inText = (announcement: ReturnType<typeof announcementsOf>[number]) => ({
  ...announcement,
  publishedAt: announcement.publishedAt.toISOString(),
  effectiveAt: announcement.effectiveAt.toISOString(),
})
