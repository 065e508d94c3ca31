import { factsAlike, gateway, type NewEvent } from '@mpics/contracts'
import type { ExistingPage } from './existing-pages.js'
import type { LoadKind } from './load-kind.js'
import type { UserAgentFacts } from './user-agent.js'

/**
 * Any program fetches pages; a posted view is a deliberate act, also of an app that names itself. `bare`: served to who had loaded
 * many pages, and nothing that belongs to them.
 */
export type How = 'posted' | 'served' | 'bare'

/** The facts of a request about its views. They have no place for the account of the viewer. */
export interface ViewFacts {
  /** Value of the visitor cookie that the browser sent. */
  browserId: string | null
  ipPrefix: string | null
  country: string | null
  userAgent: UserAgentFacts
  language: string | null
  loadKind: LoadKind
  at: Date
}

/** What views of one request do not share. */
export interface OneView {
  page: ExistingPage
  referrerHost: string | null
  /** Its browser makes more views in a minute than a person does. */
  tooFast: boolean
}

type BotReason = keyof typeof gateway.botReasons.known

/** Null for a person. */
function botReasonOf(how: How, { bot, program, crawlerOf }: UserAgentFacts, tooFast: boolean): BotReason | null {
  if (bot && (how !== 'posted' || !program)) return crawlerOf === null ? 'crawler' : 'ai-crawler'
  if (how === 'bare') return 'no-sub-resources'
  return tooFast ? 'rate' : null
}

const statedWith = factsAlike(gateway.pageViewRecorded, 'page', 'pageKind', 'subjectId', 'referrerHost')

const factsOf = ({ userAgent, at, ...facts }: ViewFacts, botReason: BotReason | null, agentId: string | null) => ({
  ...facts,
  browser: userAgent.browser,
  os: userAgent.os,
  device: userAgent.device,
  bot: botReason !== null,
  botReason,
  crawlerOf: botReason === 'ai-crawler' ? userAgent.crawlerOf : null,
  agentId,
  occurredAt: `${at.toISOString().slice(0, 19)}Z`,
})

/** Of one request, or of one delivery of an agent. */
export class PageViews {
  private readonly stating = new Map<BotReason | null, ReturnType<typeof statedWith>>()

  constructor(
    private readonly how: How,
    private readonly facts: ViewFacts,
    private readonly agentId: string | null = null,
  ) {}

  view({ page, referrerHost, tooFast }: OneView): NewEvent {
    const state = this.stateFor(botReasonOf(this.how, this.facts.userAgent, tooFast))
    return state({ page: page.key, pageKind: page.kind, subjectId: page.subjectId, referrerHost })
  }

  /** Says the page and the day alone, since it names who looked; nothing at all of a load that counts nowhere (B18, B31). */
  ownView({ page, tooFast }: OneView): NewEvent[] {
    const { loadKind, userAgent, at } = this.facts
    if (loadKind !== 'navigation' || botReasonOf(this.how, userAgent, tooFast) !== null) return []
    return [gateway.ownViewRecorded.of({ page: page.key, day: at.toISOString().slice(0, 10) })]
  }

  private stateFor(botReason: BotReason | null): ReturnType<typeof statedWith> {
    const known = this.stating.get(botReason)
    if (known) return known
    const state = statedWith(factsOf(this.facts, botReason, this.agentId))
    this.stating.set(botReason, state)
    return state
  }
}
