import { publicApis } from '@mpics/contracts/catalogue'
import type { Member } from '@mpics/tools/people/member'
import { filled } from './filled.js'
import { routesOfPages } from './pages.js'
import type { Running } from './system.js'

/** An answer as somebody with a cache sees it. */
export interface Seen {
  text: string
  etag: string | null
}

const SITEMAPS = ['/sitemap.xml', '/sitemaps/site.xml', '/sitemaps/photos.xml', '/sitemaps/people.xml']
const AT_ONCE = 8

/** The paths of all reads of the API, of all pages, and of the sitemap. */
function pathsFor({ person: { handle } }: Member, id: string): string[] {
  const reads = publicApis.filter(({ method }) => method === 'GET').map(({ path }) => filled(path, { id, handle }))
  const pages = routesOfPages().map((route) => route.replace(':handle', handle).replace(/:\w+/g, id))
  return [...new Set([...reads, ...pages, ...SITEMAPS])]
}

/** What a visitor and the member are shown, by who and where. An answer that is said to be the same as before is the one of before. */
export async function everythingShown(
  { system }: Running,
  member: Member,
  photoId: string,
  before: ReadonlyMap<string, Seen> = new Map(),
): Promise<Map<string, Seen>> {
  const seen = new Map<string, Seen>()
  const look = async (who: string, path: string, authorization?: string) => {
    const key = `${who} ${path}`
    const etag = before.get(key)?.etag
    const headers = {
      accept: path.startsWith('/v1/') ? 'application/json' : 'text/html',
      ...(authorization && { authorization }),
      ...(etag && { 'if-none-match': etag }),
    }
    const answer = await fetch(new URL(path, system.gatewayUrl), { headers, redirect: 'manual' })
    const text = answer.status === 304 ? before.get(key)!.text : await answer.text()
    seen.set(key, { text, etag: answer.headers.get('etag') ?? etag ?? null })
  }
  const wanted = pathsFor(member, photoId).flatMap((path) => [
    () => look('visitor', path),
    ...(path.startsWith('/v1/') ? [() => look('member', path, `Bearer ${member.accessToken}`)] : []),
  ])
  for (let i = 0; i < wanted.length; i += AT_ONCE) await Promise.all(wanted.slice(i, i + AT_ONCE).map((ask) => ask()))
  return seen
}

/** The words by which a search finds somebody or something. */
export async function foundBy({ system }: Running, words: readonly string[]): Promise<string[]> {
  const queries = ['/v1/photographers?q=', '/v1/explore/photos?tag=']
  const found: string[] = []
  for (const path of queries)
    for (const word of words) {
      const answer = await fetch(new URL(path + encodeURIComponent(word), system.gatewayUrl))
      const { items = [] } = (await answer.json()) as { items?: object[] }
      if (items.length > 0) found.push(word)
    }
  return found
}
