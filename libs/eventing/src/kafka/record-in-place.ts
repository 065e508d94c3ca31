import type { IHeaders } from 'kafkajs'
import type { IsWanted, Message, RecordTexts } from '../envelope/record-texts.js'

/** Of all records of a batch. */
export interface BatchContext {
  firstOffset: string
  firstTimestamp: string
  maxTimestamp: string
  producerId: string
  inTransaction: boolean
  isControlBatch: boolean
}

/** What kafkajs makes of a record, as far as it is of use. */
export interface FetchedRecord {
  timestamp: string
  offset: string
  key: Buffer | null
  value: Buffer | null
  headers: IHeaders
  isControlRecord: boolean
  batchContext: BatchContext
}

/** Where a record begins they read a part of it. */
export interface RecordParts {
  keyAt(at: number): Buffer | null
  valueAt(at: number): Buffer | null
  headersAt(at: number): IHeaders
  textsAt(at: number, isWanted: IsWanted): RecordTexts
}

/**
 * A record that stays within the bytes of its fetch, and is read when somebody asks: many wait to be handled, and objects that wait cost
 * more than others. It keeps these bytes as long as it waits, as a part of them would. A copy of it, or its JSON, has nothing of them:
 * they hold the records of others.
 */
export class RecordInPlace implements FetchedRecord, Message {
  readonly #parts: RecordParts
  readonly #at: number
  readonly #nth: number
  readonly #time: number

  constructor(
    parts: RecordParts,
    at: number,
    nth: number,
    time: number,
    readonly batchContext: BatchContext,
  ) {
    this.#parts = parts
    this.#at = at
    this.#nth = nth
    this.#time = time
  }

  get offset(): string {
    return String(this.#nth)
  }

  get timestamp(): string {
    return String(this.#time)
  }

  get key(): Buffer | null {
    return this.#parts.keyAt(this.#at)
  }

  get value(): Buffer | null {
    return this.#parts.valueAt(this.#at)
  }

  get headers(): IHeaders {
    return this.#parts.headersAt(this.#at)
  }

  get isControlRecord(): boolean {
    return this.batchContext.isControlBatch
  }

  texts(isWanted: IsWanted): RecordTexts {
    return this.#parts.textsAt(this.#at, isWanted)
  }
}
