import type { gateway } from '@mpics/contracts'

export type PageKind = keyof typeof gateway.pageKinds.known

/** The page that a path names; only its owner knows whether that photo or profile exists. */
export type NamedPage =
  | { kind: Exclude<PageKind, 'photo' | 'profile'>; key: string }
  | { kind: 'photo'; photoId: string }
  | { kind: 'profile'; profileId: string }
  | { kind: 'profile'; handle: string }

const fixedPages: Readonly<Record<string, Exclude<PageKind, 'photo' | 'profile'>>> = {
  '/': 'home',
  '/explore': 'explore',
  '/policies/privacy': 'policy',
  '/policies/terms': 'policy',
  '/help/cookies': 'help',
  '/privacy/cookies': 'privacy',
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const PHOTO = new RegExp(`^/photos/(${UUID})$`)
const PROFILE = new RegExp(`^/profiles/(${UUID})$`)
const HANDLE = /^\/@([a-z0-9_.-]{1,30})$/i

const withoutQuery = (path: string) => path.replace(/[?#].*$/s, '').replace(/(?<=.)\/+$/, '')

/** Drops queries and fragments, which hold search words and tokens. Null for a path that is no page. */
export function namedPage(path: string): NamedPage | null {
  const key = withoutQuery(path)
  const kind = Object.hasOwn(fixedPages, key) ? fixedPages[key] : undefined
  if (kind) return { kind, key }
  const photoId = PHOTO.exec(key.toLowerCase())?.[1]
  if (photoId) return { kind: 'photo', photoId }
  const profileId = PROFILE.exec(key.toLowerCase())?.[1]
  if (profileId) return { kind: 'profile', profileId }
  const handle = HANDLE.exec(key)?.[1]
  return handle ? { kind: 'profile', handle } : null
}
