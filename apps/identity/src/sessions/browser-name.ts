import Bowser from 'bowser'

const UNKNOWN = 'Unknown browser'
const APP = /^([A-Za-z][A-Za-z0-9._-]{0,39})(?:\/|$)/

/** Names browser and system without versions, since an update does not make a new browser. */
export function browserName(userAgent: string | undefined): string {
  const text = userAgent?.slice(0, 512)
  if (!text) return UNKNOWN
  const { browser, os } = Bowser.parse(text)
  const name = browser.name?.slice(0, 40) || APP.exec(text)?.[1]
  if (!name || name === 'Mozilla') return UNKNOWN
  return os.name ? `${name} on ${os.name.slice(0, 40)}` : name
}
