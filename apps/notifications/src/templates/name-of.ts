const INVISIBLE = /[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/gu
/** Mail programs turn such text into a link. */
const LINK_LIKE = /:\/\/|www\.|@|\.\p{L}{2,}(?:[/:?]|\s|$)/iu
const MAX_LENGTH = 60

/**
 * Names a person as the reader may see them. A mail in our name must not become an
 * advertisement: a name that mail programs would turn into a link is left out, and the handle, which cannot be one, stays.
 */
export function nameOf({ fullName, handle }: { fullName: string | null; handle: string }): string {
  const name = fullName?.replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim().slice(0, MAX_LENGTH)
  return name && !LINK_LIKE.test(name) ? `${name} (@${handle})` : `@${handle}`
}
