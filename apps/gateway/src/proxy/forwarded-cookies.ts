const nameOf = (cookie: string) =>
  cookie
    .slice(0, cookie.indexOf('='))
    .trim()
    .replace(/^__(?:Host|Secure)-/, '')

/** Picks from a `Cookie` header those that the call takes, so that partners’ cookies never get in (B34). */
export function cookiesFor(names: readonly string[], header: string | undefined): string | undefined {
  if (names.length === 0 || !header) return undefined
  const own = header
    .split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => names.includes(nameOf(cookie)))
  return own.length > 0 ? own.join('; ') : undefined
}

/** Picks from a service’s `Set-Cookie` headers those that the call may give. */
export function givenCookies(names: readonly string[], header: string | string[] | undefined): string[] {
  return [header ?? []].flat().filter((cookie) => names.includes(nameOf(cookie)))
}
