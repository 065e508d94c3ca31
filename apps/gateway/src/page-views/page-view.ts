import { gateway, type NewEvent } from '@mpics/contracts'
import type { ExistingPage } from './existing-pages.js'
import type { LoadKind } from './load-kind.js'
import type { UserAgentFacts } from './user-agent.js'

/**
 * Any program fetches pages; a posted view is a deliberate act, also of an app that names itself. `bare`: served to who had loaded
 * many pages, and nothing that belongs to them.
 */
export type How = 'posted' | 'served' | 'bare'

/** The facts of a request about a view. They have no place for the account of the viewer. */
export interface ViewFacts {
  /** Value of the visitor cookie that the browser sent. */
  browserId: string | null
  ipPrefix: string | null
  country: string | null
  referrerHost: string | null
  userAgent: UserAgentFacts
  language: string | null
  loadKind: LoadKind
  /** Its browser makes more views in a minute than a person does. */
  tooFast: boolean
  at: Date
}

type BotReason = keyof typeof gateway.botReasons.known

/** Null for a person. */
function botReasonOf(how: How, { userAgent: { bot, program, crawlerOf }, tooFast }: ViewFacts): BotReason | null {
  if (bot && (how !== 'posted' || !program)) return crawlerOf === null ? 'crawler' : 'ai-crawler'
  if (how === 'bare') return 'no-sub-resources'
  return tooFast ? 'rate' : null
}

export function pageView(page: ExistingPage, how: How, facts: ViewFacts, agentId: string | null = null): NewEvent {
  const { userAgent, at } = facts
  const botReason = botReasonOf(how, facts)
  return gateway.pageViewRecorded.of({
    page: page.key,
    pageKind: page.kind,
    subjectId: page.subjectId,
    browserId: facts.browserId,
    ipPrefix: facts.ipPrefix,
    country: facts.country,
    referrerHost: facts.referrerHost,
    language: facts.language,
    loadKind: facts.loadKind,
    browser: userAgent.browser,
    os: userAgent.os,
    device: userAgent.device,
    bot: botReason !== null,
    botReason,
    crawlerOf: botReason === 'ai-crawler' ? userAgent.crawlerOf : null,
    agentId,
    occurredAt: `${at.toISOString().slice(0, 19)}Z`,
  })
}

/** Says the page and the day alone, since it names who looked; nothing at all of a load that counts nowhere (B18, B31). */
export function ownView(page: ExistingPage, how: How, facts: ViewFacts): NewEvent[] {
  const { loadKind, at } = facts
  if (loadKind !== 'navigation' || botReasonOf(how, facts) !== null) return []
  return [gateway.ownViewRecorded.of({ page: page.key, day: at.toISOString().slice(0, 10) })]
}
