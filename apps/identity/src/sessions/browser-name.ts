import Bowser from 'bowser'

const UNKNOWN = 'Unknown browser'
const APP = /^([A-Za-z][A-Za-z0-9._-]{0,39})(?:\/|$)/

/** What a person recognises their browser by. Families without versions: an update is no new browser. */
export function browserName(userAgent: string | undefined): string {
  const text = userAgent?.slice(0, 512)
  if (!text) return UNKNOWN
  const { browser, os } = Bowser.parse(text)
  const name = browser.name?.slice(0, 40) || APP.exec(text)?.[1]
  if (!name || name === 'Mozilla') return UNKNOWN
  return os.name ? `${name} on ${os.name.slice(0, 40)}` : name
}
