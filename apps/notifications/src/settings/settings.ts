import { decide, type Decision, notifications, unchanged } from '@mpics/contracts'
import type { z } from 'zod'
import { CategoryLockedError, SetByConsentError } from './settings.errors.js'

export type ChosenCategory = (typeof notifications.chosenCategories)[number]
export type Choice = z.output<typeof notifications.emailChoice>

/** One document an account; an account without one has the defaults. */
export interface Settings {
  id: string
  choices: Record<ChosenCategory, Choice>
}

/** Everything on, until somebody says otherwise: mails about one's own photos are part of the service (B19). */
export const defaultSettings = (accountId: string): Settings => ({
  id: accountId,
  choices: Object.fromEntries(notifications.chosenCategories.map((c) => [c, 'immediate'])) as Settings['choices'],
})

/** A choice that only another version offers counts as the rarest mails that are known here: neither lost nor too many. */
export const knownChoice = (choice: string): Choice => notifications.emailChoice.safeParse(choice).data ?? 'weekly'

/** Holds a choice for each category that this version knows. */
export const knownChoices = (choices: Settings['choices']): Settings['choices'] =>
  Object.fromEntries(notifications.chosenCategories.map((c) => [c, knownChoice(choices[c])])) as Settings['choices']

export const isChosen = (category: string): category is ChosenCategory =>
  (notifications.chosenCategories as readonly string[]).includes(category)

/** Categories whose mails need a consent, which identity holds. */
export const consentCategories = ['news', 'products', 'offers'] as const
export type ProjectedConsents = Record<(typeof consentCategories)[number], boolean>

export type WantedSettings = Partial<Record<ChosenCategory, Choice>> &
  Partial<ProjectedConsents> & { system?: string; legal?: string }

/** Takes back what was shown: a field may be named and stay as it is. */
export function choose(settings: Settings, wanted: WantedSettings, consents: ProjectedConsents): Decision<Settings> {
  for (const locked of ['system', 'legal'] as const)
    if ((wanted[locked] ?? 'locked') !== 'locked') throw new CategoryLockedError(locked)
  for (const category of consentCategories)
    if ((wanted[category] ?? consents[category]) !== consents[category]) throw new SetByConsentError(category)
  const chosen = notifications.chosenCategories.filter(
    (c) => wanted[c] !== undefined && wanted[c] !== settings.choices[c],
  )
  if (chosen.length === 0) return unchanged(settings)
  const changes = Object.fromEntries(chosen.map((c) => [c, wanted[c]]))
  return decide({ ...settings, choices: { ...settings.choices, ...changes } })
}

export const turnOff = (settings: Settings, category: ChosenCategory): Decision<Settings> =>
  settings.choices[category] === 'off'
    ? unchanged(settings)
    : decide({ ...settings, choices: { ...settings.choices, [category]: 'off' } })
