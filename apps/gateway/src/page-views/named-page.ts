import type { gateway } from '@mpics/contracts'
import { z } from 'zod'

export type PageKind = keyof typeof gateway.pageKinds.known

/** A page that there always is. */
export interface FixedPage {
  kind: Exclude<PageKind, 'photo' | 'profile'>
  key: string
}

/** The page that a path names; only its owner knows whether that photo or profile exists. */
export type NamedPage =
  | FixedPage
  | { kind: 'photo'; photoId: string }
  | { kind: 'profile'; profileId: string }
  | { kind: 'profile'; handle: string }

const fixedPages: Readonly<Record<string, FixedPage['kind']>> = {
  '/': 'home',
  '/explore': 'explore',
  '/policies/privacy': 'policy',
  '/policies/terms': 'policy',
  '/help/cookies': 'help',
  '/help/counting': 'help',
  '/privacy/cookies': 'privacy',
  '/privacy/inventory': 'privacy',
}

/** Owners of pages refuse a question with another id in it, and so everybody who shares it. */
const ID = z.regexes.uuid().source.slice(1, -1)
const PHOTO = { folder: '/photos/', path: new RegExp(`^/photos/${ID}$`, 'i') }
const PROFILE = { folder: '/profiles/', path: new RegExp(`^/profiles/${ID}$`, 'i') }
const HANDLE = /^\/@([a-z0-9_.-]{1,30})$/i

const idIn = (key: string, { folder, path }: typeof PHOTO): string | undefined =>
  path.test(key) ? key.slice(folder.length).toLowerCase() : undefined

const withoutQuery = (path: string) => path.replace(/[?#].*$/s, '').replace(/(?<=.)\/+$/, '')

/** Undoes the escapes of each segment, as the router does: `%40` is an `@`, but `%2F` divides nothing. Null for a bad escape. */
function unescaped(path: string): string | null {
  if (!path.includes('%')) return path
  try {
    const segments = path.split('/').map((segment) => decodeURIComponent(segment))
    return segments.some((segment) => segment.includes('/')) ? null : segments.join('/')
  } catch {
    return null
  }
}

/** Drops queries and fragments, which hold search words and tokens. Null for a path that is no page. */
export function namedPage(path: string): NamedPage | null {
  return pageWithId(path) ?? pageAt(unescaped(withoutQuery(path)))
}

function pageAt(key: string | null): NamedPage | null {
  if (key === null) return null
  const kind = Object.hasOwn(fixedPages, key) ? fixedPages[key] : undefined
  if (kind) return { kind, key }
  const handle = HANDLE.exec(key)?.[1]
  return handle ? { kind: 'profile', handle } : (pageWithId(key) ?? null)
}

/** Most paths are those of photos, as they are. */
function pageWithId(key: string): NamedPage | undefined {
  const photoId = idIn(key, PHOTO)
  if (photoId) return { kind: 'photo', photoId }
  const profileId = idIn(key, PROFILE)
  return profileId ? { kind: 'profile', profileId } : undefined
}
