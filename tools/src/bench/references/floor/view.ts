import { hash } from 'node:crypto'
import type { gateway } from '@mpics/contracts'
import { placeOf } from './sketch.js'

const PERSON = 'person'
const NAME_LENGTH = 12

/** What is kept of a view: no id of a browser, no network. Absent is what nobody said. */
export interface LoggedView {
  at: string
  kind: string
  /** What a sketch takes of its browser, and what the browser is called on that day. */
  place?: number | undefined
  visitor?: string | undefined
  referrer?: string | undefined
  country?: string | undefined
  browser?: string | undefined
  os?: string | undefined
  device?: string | undefined
  language?: string | undefined
  agent?: string | undefined
  crawler?: string | undefined
}

export interface View {
  page: string
  partition: number
  offset: number
  logged: LoggedView
}

type Recorded = typeof gateway.pageViewRecorded.example

export const isOfPerson = ({ logged }: Pick<View, 'logged'>): boolean => logged.kind === PERSON

export const dayOf = ({ at }: Pick<LoggedView, 'at'>): string => at.slice(0, '2026-11-30'.length)

/** Nobody without the key can tell which browser it was, and with it nobody what the browser is called on another day. */
export function loggedView(recorded: Recorded, key: string): LoggedView {
  const { occurredAt: at, browserId, bot, botReason, loadKind } = recorded
  const kind = bot ? (botReason ?? 'crawler') : loadKind === 'navigation' ? PERSON : loadKind
  const isKnown = browserId !== null && kind === PERSON
  return {
    at,
    kind,
    place: isKnown ? placeOf(browserId, key) : undefined,
    visitor: isKnown
      ? hash('sha256', `${key}:${dayOf({ at })}:${browserId}`, 'base64url').slice(0, NAME_LENGTH)
      : undefined,
    referrer: recorded.referrerHost ?? undefined,
    country: recorded.country ?? undefined,
    browser: recorded.browser ?? undefined,
    os: recorded.os ?? undefined,
    device: recorded.device,
    language: recorded.language ?? undefined,
    agent: recorded.agentId ?? undefined,
    crawler: recorded.crawlerOf ?? undefined,
  }
}
