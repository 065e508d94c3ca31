import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

const DIGITS = 32
const FORM = /(?:^|; ?)mpvid=([0-9a-f]{32})([0-9a-f]{32})(?:;|$)/

/** Random ids of browsers, beside digits that show that they were given out: nobody makes up visitors. */
export function browserCookies(key: string) {
  const sealOf = (id: string) => hash('sha256', `${key}:${id}`).slice(0, DIGITS)
  return {
    cookie: (): string => {
      const id = randomBytes(DIGITS / 2).toString('hex')
      return `mpvid=${id}${sealOf(id)}; Path=/page-views; Max-Age=15552000; HttpOnly; Secure; SameSite=Lax`
    },
    idIn: (cookies: string | undefined): string | null => {
      const [, id, seal] = (cookies && FORM.exec(cookies)) || []
      return id && timingSafeEqual(Buffer.from(seal!), Buffer.from(sealOf(id))) ? id : null
    },
  }
}
