import { isErasedPage, type LoggedView, PERSON } from '../view-log/logged-view.js'

/** What may be asked of a view. `site` has one value, the empty one. */
export const dimensions = [
  'site',
  'page',
  'referrer',
  'country',
  'browser',
  'os',
  'device',
  'language',
  'agent',
  'kind',
  'crawler',
] as const
type Asked = (typeof dimensions)[number]
/** `entry` and `exit`: the first and the last pages of sessions. */
export type Dimension = Asked | 'entry' | 'exit'
export const everyDimension: readonly Dimension[] = [...dimensions, 'entry', 'exit']
/** Their values are pages. */
export const OF_PAGES: readonly Dimension[] = ['page', 'entry', 'exit']

/** The values of a dimension that are too many share this one. */
export const OTHER = 'other'
/** For a view that says nothing: of a visitor who came from nowhere, say. */
export const NONE = 'none'
export const WHOLE_SITE = ''

type Read = (view: LoggedView) => string | null | undefined
const named =
  (read: Read): Read =>
  (view) =>
    read(view) ?? NONE

/** Views of people are counted by everything but `kind` and `crawler`, which count all. Undefined: not counted there. */
export const valueIn: Readonly<Record<Asked, Read>> = {
  site: () => WHOLE_SITE,
  page: ({ page }) => (isErasedPage(page) ? null : page),
  referrer: named(({ referrer }) => referrer),
  country: named(({ country }) => country),
  browser: named(({ browser }) => browser),
  os: named(({ os }) => os),
  device: named(({ device }) => device),
  language: named(({ language }) => language),
  agent: ({ agent }) => agent,
  kind: ({ kind }) => kind,
  crawler: ({ crawlerOf }) => crawlerOf,
}

const ofAnybody: ReadonlySet<Asked> = new Set(['kind', 'crawler'])
export const isCountedIn = (dimension: Asked, { kind }: LoggedView): boolean =>
  kind === PERSON || ofAnybody.has(dimension)
