import { hash } from 'node:crypto'
import { gateway } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import type { z } from 'zod'

export type AgentView = z.output<typeof gateway.recordAgentViews.body & z.ZodType>['views'][number]

const MAX_AGE_MS = 7 * DAY_MS
const reads = gateway.agentViewReads
/** Clocks differ. */
const MAX_AHEAD_MS = 60_000

export const isInTime = ({ occurredAt }: Pick<AgentView, 'occurredAt'>, now: Date): boolean => {
  const age = now.getTime() - new Date(occurredAt).getTime()
  return age <= MAX_AGE_MS && age >= -MAX_AHEAD_MS
}

/** Longer ones are no pages of the site. */
export const mayBePage = ({ page }: Pick<AgentView, 'page'>): boolean => page.length <= reads.page

export const addressIn = ({ ip = '' }: Pick<AgentView, 'ip'>): string => (ip.length <= reads.ip ? ip : '')

export const purposeIn = ({ purpose }: Pick<AgentView, 'purpose'>) =>
  purpose === undefined ? {} : { 'sec-purpose': purpose.slice(0, reads.purpose) }

/** The same view of the same batch has the same id, whichever replica takes it in: a UUIDv4 by its form. */
export function deliveryId(agentId: string, batchId: string, index: number): string {
  const bytes = hash('sha256', `${agentId} ${batchId} ${index}`, 'buffer')
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
