import { boundedTo } from '@mpics/service-kit'
import Bowser from 'bowser'
import { LRUCache } from 'lru-cache'

const UNKNOWN = 'Unknown browser'
const APP = /^([A-Za-z][A-Za-z0-9._-]{0,39})(?:\/|$)/

const CACHE_BYTES = 256 * 1024
const known = new LRUCache<string, string>(boundedTo(CACHE_BYTES))

/** Names browser and system without versions, since an update does not make a new browser. */
export function browserName(header = ''): string {
  // a copy, since a part of a text keeps the whole of it in memory
  const text = Buffer.from(header.slice(0, 512), 'latin1').toString('latin1')
  const before = known.get(text)
  if (before !== undefined) return before
  const name = read(text)
  known.set(text, name)
  return name
}

function read(text: string): string {
  if (!text) return UNKNOWN
  const { browser, os } = Bowser.parse(text)
  const name = browser.name?.slice(0, 40) || APP.exec(text)?.[1]
  if (!name || name === 'Mozilla') return UNKNOWN
  return os.name ? `${name} on ${os.name.slice(0, 40)}` : name
}
