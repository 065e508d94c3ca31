import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** A secret while it is replaced: the first one makes, each of them is accepted. */
export type Overlapping<T> = readonly [T, ...T[]]

export const overlappingOf = <T, U>(all: Overlapping<T>, to: (one: T) => U): Overlapping<U> => {
  const [first, ...others] = all
  return [to(first), ...others.map(to)]
}

const MIN_LENGTH = 32

/** A variable with a random secret. Others may follow after a comma: the next one, or former ones that still count. */
export const overlappingSecret = () =>
  z
    .string()
    .transform((text) => text.split(',').map((secret) => secret.trim()) as unknown as Overlapping<string>)
    .refine(
      (all) => all.every((secret) => secret.length >= MIN_LENGTH),
      `expected ${MIN_LENGTH} characters or more each`,
    )

/** Node takes seven times as long for an HMAC under the bytes themselves. */
export const macKey = (bytes: string | Buffer): KeyObject => createSecretKey(Buffer.from(bytes))

/** HMAC-SHA-256 under a secret that can be replaced. Every MAC has `bytes` bytes. */
export class OverlappingMac {
  private made?: Overlapping<KeyObject>

  constructor(
    private readonly secrets: Overlapping<string | Buffer>,
    private readonly bytes = 32,
  ) {}

  private get keys(): Overlapping<KeyObject> {
    return (this.made ??= overlappingOf(this.secrets, macKey))
  }

  make(text: string | Buffer): Buffer {
    return this.under(this.keys[0], text)
  }

  /** What each key makes of a text, the first key's first: to find what was stored under another one. */
  all(text: string | Buffer): Overlapping<Buffer> {
    return overlappingOf(this.keys, (key) => this.under(key, text))
  }

  isOurs(text: string | Buffer, mac: Buffer): boolean {
    return mac.length === this.bytes && this.all(text).some((ours) => timingSafeEqual(ours, mac))
  }

  private under(key: KeyObject, text: string | Buffer): Buffer {
    return createHmac('sha256', key).update(text).digest().subarray(0, this.bytes)
  }
}
