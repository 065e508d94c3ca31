import { analytics, decide, type Decision, identity, media, notifications, profiles } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import type { RightsService } from '../rights-options.js'

/** That this service wrote its part of an export. It names nobody: whose the export is, identity alone knows. */
export interface ExportPart {
  /** The export's. */
  id: string
  objectKey: string
  sha256: string
  bytes: number
  forgetAt: Date
}

export type WrittenPart = Omit<ExportPart, 'forgetAt'>

/** Longer than an export lasts, and its topic. */
const DAYS = 15

const stated = {
  identity: identity.exportPartReady,
  profiles: profiles.exportPartReady,
  media: media.exportPartReady,
  notifications: notifications.exportPartReady,
  analytics: analytics.exportPartReady,
} satisfies Record<RightsService, unknown>

export function writtenPart(service: RightsService, written: WrittenPart, now: Date): Decision<ExportPart> {
  const { id, ...object } = written
  const part = { ...written, forgetAt: new Date(now.getTime() + DAYS * DAY_MS) }
  return decide(part, stated[service].of({ exportId: id, ...object }))
}
