import { gateway, type NewEvent } from '@mpics/contracts'
import type { ExistingPage } from './existing-pages.js'
import type { LoadKind } from './load-kind.js'
import type { UserAgentFacts } from './user-agent.js'

/** Facts about one view. It has no place for the account of the viewer. */
export interface PageViewContext {
  page: ExistingPage
  viewerOwnsPage: boolean
  /** Value of the visitor cookie that the browser sent. */
  browserId: string | null
  ipPrefix: string | null
  country: string | null
  referrerHost: string | null
  userAgent: UserAgentFacts
  /** Any program fetches pages; a posted view is a deliberate act, also of an app that names itself. */
  how: 'posted' | 'served'
  language: string | null
  loadKind: LoadKind
  at: Date
}

/** Drops the browser id where the owner looks: such a view counts in the total alone, and nothing says whose it was. */
export function pageView(context: PageViewContext): NewEvent {
  const { page, userAgent } = context
  return gateway.pageViewRecorded.of({
    page: page.key,
    pageKind: page.kind,
    subjectId: page.subjectId,
    browserId: context.viewerOwnsPage ? null : context.browserId,
    ipPrefix: context.ipPrefix,
    country: context.country,
    referrerHost: context.referrerHost,
    browser: userAgent.browser,
    os: userAgent.os,
    device: userAgent.device,
    language: context.language,
    loadKind: context.loadKind,
    bot: context.how === 'served' ? userAgent.bot : userAgent.bot && !userAgent.program,
    agentId: null,
    occurredAt: `${context.at.toISOString().slice(0, 19)}Z`,
  })
}
