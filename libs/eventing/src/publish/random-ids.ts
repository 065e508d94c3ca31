import { randomFillSync } from 'node:crypto'

const AT_ONCE = 128
const BYTES = 16
const LENGTH = 36
const DIGITS = Buffer.from('0123456789abcdef')
const DASH = '-'.charCodeAt(0)
const isDivided = (byte: number) => byte === 4 || byte === 6 || byte === 8 || byte === 10

/**
 * UUIDv4 (RFC 9562 §5.4), each a part of one text: Node joins each of its own from twenty. An id keeps the text of all 128 alive: whoever
 * keeps it beyond its publishing copies it.
 */
export class RandomIds {
  private readonly random = Buffer.allocUnsafe(AT_ONCE * BYTES)
  private readonly written = Buffer.allocUnsafe(AT_ONCE * LENGTH)
  private texts = ''
  private at = 0

  next(): string {
    if (this.at === this.texts.length) this.refill()
    const begin = this.at
    this.at += LENGTH
    return this.texts.slice(begin, this.at)
  }

  private refill(): void {
    randomFillSync(this.random)
    let end = 0
    for (let from = 0; from < this.random.length; from += BYTES) end = this.write(from, end)
    this.texts = this.written.toString('latin1')
    this.at = 0
  }

  private write(from: number, to: number): number {
    const { random, written } = this
    random[from + 6] = (random[from + 6]! & 0x0f) | 0x40
    random[from + 8] = (random[from + 8]! & 0x3f) | 0x80
    let end = to
    for (let byte = 0; byte < BYTES; byte++) {
      if (isDivided(byte)) written[end++] = DASH
      written[end++] = DIGITS[random[from + byte]! >>> 4]!
      written[end++] = DIGITS[random[from + byte]! & 0x0f]!
    }
    return end
  }
}
