import { decide, type Decision, notifications, unchanged } from '@mpics/contracts'
import type { z } from 'zod'
import { CategoryLockedError, SetByConsentError } from './settings.errors.js'

export type ChosenCategory = (typeof notifications.chosenCategories)[number]
export type Choice = z.output<typeof notifications.emailChoice>

/** One document an account; an account without one has the defaults. */
export interface Settings {
  id: string
  choices: Record<ChosenCategory, Choice>
  /** Since when no mails of a category go out that came by consent, whatever identity has heard. */
  refusals: Refusals
}

export type Refusals = Partial<Record<ConsentCategory, string>>

/** Everything on, until somebody says otherwise: mails about one's own photos are part of the service (B19). */
export const defaultSettings = (accountId: string): Settings => ({
  id: accountId,
  choices: Object.fromEntries(notifications.chosenCategories.map((c) => [c, 'immediate'])) as Settings['choices'],
  refusals: {},
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
export type ConsentCategory = (typeof consentCategories)[number]
export type ProjectedConsents = Record<ConsentCategory, boolean>

export const isByConsent = (category: string): category is ConsentCategory =>
  (consentCategories as readonly string[]).includes(category)

export type StoppableCategory = ChosenCategory | ConsentCategory
export const isStoppable = (category: string): category is StoppableCategory =>
  isChosen(category) || isByConsent(category)

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

/** Stops mails at once, and tells of it: the consent itself is withdrawn by whoever holds it (B23). */
export const refuse = (settings: Settings, category: ConsentCategory, now: Date): Decision<Settings> => {
  const requestedAt = now.toISOString()
  return decide(
    { ...settings, refusals: { ...settings.refusals, [category]: requestedAt } },
    notifications.unsubscribeRequested.of({ accountId: settings.id, purpose: `email-${category}`, requestedAt }),
  )
}

/** A consent that was given after a refusal ends it. */
export function forgetRefusal(settings: Settings, category: ConsentCategory, givenAt: string): Decision<Settings> {
  if (!isAfterRefusal(settings.refusals, category, givenAt) || !settings.refusals[category]) return unchanged(settings)
  const { [category]: _, ...refusals } = settings.refusals
  return decide({ ...settings, refusals })
}

/** Without a time a consent may be older than the refusal. */
export const isAfterRefusal = (refusals: Refusals, category: ConsentCategory, givenAt = ''): boolean =>
  givenAt > (refusals[category] ?? '') || refusals[category] === undefined

/** What a person sees of their consents to mails. */
export const shownConsents = (consents: ProjectedConsents, { refusals }: Settings): ProjectedConsents =>
  Object.fromEntries(
    consentCategories.map((category) => [category, consents[category] && refusals[category] === undefined]),
  ) as ProjectedConsents
