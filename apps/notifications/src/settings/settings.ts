import { chosenCategories, decide, type Decision, type emailChoice, unchanged } from '@mpics/contracts'
import type { z } from 'zod'
import { CategoryLockedError, SetByConsentError } from './settings.errors.js'

export type ChosenCategory = (typeof chosenCategories)[number]
export type Choice = z.output<typeof emailChoice>

/** One document an account; an account without one has the defaults. */
export interface Settings {
  id: string
  choices: Record<ChosenCategory, Choice>
}

/** Everything on, until somebody says otherwise: mails about one's own photos are part of the service (B19). */
export const defaultSettings = (accountId: string): Settings => ({
  id: accountId,
  choices: { follows: 'immediate', messages: 'immediate', comments: 'immediate', favourites: 'immediate' },
})

export const isChosen = (category: string): category is ChosenCategory =>
  (chosenCategories as readonly string[]).includes(category)

/** Whether identity holds the consent for the mails of each of these categories. */
export interface MirroredConsents {
  news: boolean
  products: boolean
  offers: boolean
}

export type WantedSettings = Partial<Record<ChosenCategory, Choice>> &
  Partial<MirroredConsents> & { system?: string; legal?: string }

/** What stays as it is may be named; so what was shown can be sent back with one field changed. */
export function choose(settings: Settings, wanted: WantedSettings, consents: MirroredConsents): Decision<Settings> {
  for (const locked of ['system', 'legal'] as const)
    if ((wanted[locked] ?? 'locked') !== 'locked') throw new CategoryLockedError(locked)
  for (const mirrored of ['news', 'products', 'offers'] as const)
    if ((wanted[mirrored] ?? consents[mirrored]) !== consents[mirrored]) throw new SetByConsentError(mirrored)
  const chosen = chosenCategories.filter((c) => wanted[c] !== undefined && wanted[c] !== settings.choices[c])
  if (chosen.length === 0) return unchanged(settings)
  const changes = Object.fromEntries(chosen.map((c) => [c, wanted[c]]))
  return decide({ ...settings, choices: { ...settings.choices, ...changes } })
}

export const turnOff = (settings: Settings, category: ChosenCategory): Decision<Settings> =>
  settings.choices[category] === 'off'
    ? unchanged(settings)
    : decide({ ...settings, choices: { ...settings.choices, [category]: 'off' } })
