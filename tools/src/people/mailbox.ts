import { eventually } from '@mpics/testing/eventually'

export interface Mail {
  id: string
  subject: string
  to: { address: string }[]
  text: string
  html: string
  headers: Record<string, string>
}

const LINK = /https?:\/\/[^\s<>"')]+/g

/** Reads the mail sink over its web API, as a person would read it in the browser. */
export class Mailbox {
  constructor(private readonly api: string) {}

  async all(address: string): Promise<Mail[]> {
    const response = await fetch(`${this.api}/api/email?to.address=${encodeURIComponent(address)}`, {
      signal: AbortSignal.timeout(120_000),
    })
    if (!response.ok) throw new Error(`the mail sink answered ${response.status}`)
    return (await response.json()) as Mail[]
  }

  /** Of all links to such a path in its mails, in the order of the mails. */
  async tokens(address: string, path: string): Promise<string[]> {
    return (await this.all(address)).flatMap((mail) => tokenIn(mail, path) ?? [])
  }

  /** Waits for a mail to that address with a link to such a path that has a token. */
  token(address: string, path: string, timeoutMs = 120_000): Promise<string> {
    const newest = async () => (await this.tokens(address, path)).at(-1)
    return eventually(`a mail to ${address} with a link to ${path}`, newest, timeoutMs)
  }

  /** Waits for a mail to that address whose subject or text matches. */
  find(address: string, matching: RegExp, timeoutMs = 120_000): Promise<Mail> {
    const isIt = (m: Mail) => matching.test(m.subject) || matching.test(m.text)
    return eventually(
      `a mail to ${address} matching ${matching}`,
      async () => (await this.all(address)).find(isIt),
      timeoutMs,
    )
  }
}

const linksIn = (mail: Mail, path: string): URL[] =>
  (mail.text.match(LINK) ?? []).map((link) => new URL(link)).filter(({ pathname }) => pathname.startsWith(path))

/** The token of the first such link; none where a mail leads to the page alone, as those about security do. */
export const tokenIn = (mail: Mail, path: string): string | undefined =>
  linksIn(mail, path).flatMap(({ searchParams }) => searchParams.get('token') ?? [])[0]

/** The first link in a mail that leads to such a path. */
export function linkIn(mail: Mail, path: string): URL {
  const [found] = linksIn(mail, path)
  if (!found) throw new Error(`the mail “${mail.subject}” has no link to ${path}`)
  return found
}
