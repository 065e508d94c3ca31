import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { DomainError, type ErrorKind } from '@mpics/contracts'

export class InvalidCursorError extends DomainError {
  readonly code = 'cursor-invalid'
  readonly kind: ErrorKind = 'invalid'

  constructor() {
    super('The cursor was not made by this list: leave it out to begin again.')
  }
}

export type CursorValue = string | number | boolean | Date | null

export type CursorSecrets = readonly [Uint8Array, ...Uint8Array[]]

const CIPHER = 'aes-256-gcm'
const [NONCE, TAG] = [12, 16]
const MAX_LENGTH = 1024

const wrap = (value: CursorValue): unknown => (value instanceof Date ? [value.getTime()] : value)
const unwrap = (value: CursorValue | [number]): CursorValue => (Array.isArray(value) ? new Date(value[0]) : value)

/**
 * Seals the sort values of the last item shown (AES-GCM), so that only a cursor which this service made for the same list
 * comes back out: a forged one carries neither an operator nor a value of another type into a query.
 */
export class CursorSeal {
  private readonly keys: readonly [Buffer, ...Buffer[]]
  private readonly nonceKey: KeyObject

  /** The first secret seals, each opens. Replicas of a service must have the same ones. */
  constructor(...[first, ...others]: CursorSecrets) {
    this.keys = [derived(first, 'cursors'), ...others.map((secret) => derived(secret, 'cursors'))]
    this.nonceKey = createSecretKey(derived(first, 'nonces of cursors'))
  }

  /** `list` names the list, its subject and its order. */
  seal(list: string, values: readonly CursorValue[]): string {
    const text = JSON.stringify(values.map(wrap))
    // Derived from what it seals, as in SIV (RFC 5297): an unchanged page keeps its cursor, and so its ETag.
    const nonce = createHmac('sha256', this.nonceKey).update(`${list}\n${text}`).digest().subarray(0, NONCE)
    const cipher = createCipheriv(CIPHER, this.keys[0], nonce, { authTagLength: TAG }).setAAD(Buffer.from(list))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url')
  }

  open(list: string, cursor: string): CursorValue[] {
    const bytes = Buffer.from(cursor, 'base64url')
    if (cursor.length > MAX_LENGTH || bytes.length < NONCE + TAG) throw new InvalidCursorError()
    const text = this.keys.map((key) => opened(key, list, bytes)).find((found) => found !== undefined)
    if (text === undefined) throw new InvalidCursorError()
    return (JSON.parse(text) as (CursorValue | [number])[]).map(unwrap)
  }
}

const derived = (secret: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))

function opened(key: Buffer, list: string, bytes: Buffer): string | undefined {
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE), { authTagLength: TAG })
  decipher.setAAD(Buffer.from(list)).setAuthTag(bytes.subarray(-TAG))
  const text = decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8')
  try {
    decipher.final()
    return text
  } catch {
    return undefined
  }
}
