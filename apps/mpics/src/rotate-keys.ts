import { randomBytes } from 'node:crypto'
import { type Jwk, keyPair, keySet } from './new-keys.js'

/** Access tokens live for ten minutes, and gateways hold keys for as long. */
const OVERLAP_SECONDS = 20 * 60

type TimedJwk = Jwk & { nbf?: number }

interface Rotation {
  now: number
  /** When the new key begins to sign: the roll-out must have ended ten minutes before. */
  signsFrom: number
}

/**
 * The next set: the key that signs now, those that wait for their time, and a new one. One that signed before goes, unless a
 * token of it may still be good.
 */
export function rotated(text: string, { now, signsFrom }: Rotation): string {
  const keys = keysIn(text)
  const begun = keys.filter((key, i) => i === 0 || (key.nbf !== undefined && key.nbf <= now))
  const current = begun.reduce((last, key) => ((key.nbf ?? -Infinity) > (last.nbf ?? -Infinity) ? key : last))
  const isRecent = current.nbf !== undefined && now - current.nbf < OVERLAP_SECONDS
  const former = isRecent ? begun.filter((key) => key !== current) : []
  const waiting = keys.filter((key) => !begun.includes(key) && key.nbf !== undefined)
  const fresh = { ...keyPair(`access-${randomBytes(4).toString('hex')}`).private, nbf: signsFrom }
  return keySet([current, ...former, ...waiting, fresh])
}

/** When the newest key begins to sign, in seconds since 1970; undefined for a set without such times. */
export function newestOf(text: string): number | undefined {
  const times = keysIn(text).flatMap(({ nbf }) => nbf ?? [])
  return times.length > 0 ? Math.max(...times) : undefined
}

/** From a JWK set, or the line of an env file that holds one. */
function keysIn(text: string): TimedJwk[] {
  const [, set = text] = /^IDENTITY_SIGNING_KEYS=(.*)$/m.exec(text) ?? []
  const keys = parsed(set)?.keys
  if (!Array.isArray(keys) || keys.length === 0) throw new Error('expected a JWK set with the keys of now')
  return keys
}

/** The parser's own error would quote what may be a key. */
function parsed(set: string): { keys?: TimedJwk[] } | undefined {
  try {
    return JSON.parse(set) as { keys?: TimedJwk[] }
  } catch {
    return undefined
  }
}
