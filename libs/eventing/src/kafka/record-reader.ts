import type { IHeaders } from 'kafkajs'
import { type IsWanted, noTexts, type RecordTexts, TEXT_BY_HEADER } from '../envelope/record-texts.js'
import { type BatchContext, type FetchedRecord, RecordInPlace } from './record-in-place.js'

/** `isOfLog`: all of its records have one time. */
export interface BatchBegin {
  offset: number
  time: number
  isOfLog: boolean
}

const ATTRIBUTES = 1
const ABSENT = -1
const ASCII_END = 0x80
const GROUPS = 0x80

/**
 * Reads records (Kafka’s format 2). A header of ASCII alone is text: the other kinds stay bytes, so that a dead letter has the same
 * ones. Most headers of a record are those of the one before it, and are the same text.
 */
export class RecordReader {
  private at = 0
  private readonly before: string[] = []

  constructor(private readonly bytes: Buffer) {}

  seek(at: number): void {
    this.at = at
  }

  record(context: BatchContext, { offset, time, isOfLog }: BatchBegin): FetchedRecord {
    const end = this.varInt() + this.at
    this.at += ATTRIBUTES
    const since = this.varInt()
    const nth = this.varInt()
    const record = new RecordInPlace(this, this.at, offset + nth, isOfLog ? time : time + since, context)
    this.at = end
    return record
  }

  keyAt(at: number): Buffer | null {
    this.at = at
    return this.field()
  }

  valueAt(at: number): Buffer | null {
    this.at = at
    this.pass()
    return this.field()
  }

  headersAt(at: number): IHeaders {
    this.at = at
    this.pass()
    this.pass()
    return this.headers()
  }

  /** Of headers of one name the first one counts. */
  textsAt(at: number, isWanted: IsWanted): RecordTexts {
    this.at = at
    this.pass()
    const valueAt = this.at
    this.pass()
    const texts = noTexts()
    const count = this.varInt()
    for (let n = 0; n < count; n++) {
      const text = TEXT_BY_HEADER.get(this.name(2 * n))
      if (text === undefined || texts[text] !== undefined) this.pass()
      else texts[text] = this.headerValue(2 * n + 1)?.toString() ?? null
    }
    texts.subject ??= this.keyAt(at)?.toString()
    if (isWanted(texts.type)) texts.value = this.textAt(valueAt)
    return texts
  }

  private headers(): IHeaders {
    const headers: Record<string, unknown> = {}
    const count = this.varInt()
    for (let n = 0; n < count; n++) {
      const name = this.name(2 * n)
      const value = this.headerValue(2 * n + 1)
      if (name in headers) addTo(headers, name, value)
      else headers[name] = value
    }
    return headers as IHeaders
  }

  private name(place: number): string {
    const length = this.varInt()
    return this.ascii(length, place) ?? this.take(length).toString()
  }

  private headerValue(place: number): string | Buffer | null {
    const length = this.varInt()
    return length === ABSENT ? null : (this.ascii(length, place) ?? this.take(length))
  }

  private field(): Buffer | null {
    const length = this.varInt()
    return length === ABSENT ? null : this.take(length)
  }

  private textAt(at: number): string | null {
    this.at = at
    const length = this.varInt()
    if (length === ABSENT) return null
    this.at += length
    return this.bytes.toString('utf8', this.at - length, this.at)
  }

  private pass(): void {
    const length = this.varInt()
    if (length !== ABSENT) this.at += length
  }

  private take(length: number): Buffer {
    const from = this.at
    this.at += length
    return this.bytes.subarray(from, this.at)
  }

  private ascii(length: number, place: number): string | undefined {
    const before = this.before[place]
    if (before?.length !== length || !this.isNext(before)) {
      for (let at = this.at; at < this.at + length; at++) if (this.bytes[at]! >= ASCII_END) return undefined
      this.before[place] = this.bytes.toString('latin1', this.at, this.at + length)
    }
    this.at += length
    return this.before[place]
  }

  private isNext(text: string): boolean {
    const { bytes, at } = this
    for (let n = 0; n < text.length; n++) if (bytes[at + n] !== text.charCodeAt(n)) return false
    return true
  }

  /** In zigzag: the lowest bit is the sign. */
  private varInt(): number {
    let [value, unit, byte] = [0, 1, 0]
    do {
      byte = this.bytes[this.at++]!
      value += (byte % GROUPS) * unit
      unit *= GROUPS
    } while (byte >= GROUPS)
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
}

/** To one of the same name, or beside what each object has. */
function addTo(headers: Record<string, unknown>, name: string, added: unknown): void {
  const value = Object.hasOwn(headers, name) ? [headers[name], added].flat() : added
  Object.defineProperty(headers, name, { value, enumerable: true, configurable: true, writable: true })
}
