import type { Envelope, EventDefinition } from '@mpics/contracts'
import { Injectable, Logger, Optional } from '@nestjs/common'
import { Connection, Restores } from '@mpics/mongo'
import type mongoose from 'mongoose'
import type { z } from 'zod'
import { wordsOf } from '../words-of.js'
import { isLost } from '../envelope/lost-events.js'
import { readEnvelope } from '../envelope/read-record.js'
import { EventingOptions } from '../eventing-options.js'
import { type ReadRecord, topicRecords } from '../topics/read-topic.js'
import { inBatches } from './in-batches.js'
import type { Run } from './projection.js'

type Shape = Record<string, z.ZodType>

/** The last record under a key; a tombstone has no envelope. */
export interface Word {
  _id: string
  sequence?: number
  envelope: Envelope | null
}
type Words = mongoose.mongo.Collection<Word>

const BATCH_SIZE = 1_000
const READ_BATCH_SIZE = 500

/** Yields the last record under each key. It collects them first: records not compacted yet would take a projection back. */
@Injectable()
export class TopicSnapshots {
  private readonly logger = new Logger('Projections')

  constructor(
    private readonly options: EventingOptions,
    @Optional() private readonly connection?: Connection,
    @Optional() private readonly restores?: Restores,
  ) {}

  async *lastWords<S extends Shape>(
    event: EventDefinition<S>,
    run: Run,
  ): AsyncGenerator<readonly Envelope<EventDefinition<S>>[]> {
    const words = await this.emptyCollection(run)
    try {
      await this.collect(event, words, run)
      const said = words.find({ envelope: { $ne: null } }, { sort: { _id: 1 }, batchSize: READ_BATCH_SIZE })
      for await (const batch of inBatches(said, READ_BATCH_SIZE))
        yield batch.map(({ envelope }) => envelope as Envelope<EventDefinition<S>>)
    } finally {
      await words.drop()
    }
  }

  private async collect(event: EventDefinition, words: Words, { signal }: Run): Promise<void> {
    for await (const records of inBatches(topicRecords(this.options.settings, event.topic.name), BATCH_SIZE)) {
      if (signal.aborted) return
      const writes = records.flatMap((record) => this.wordOf(event, record)).map(noting)
      if (writes.length > 0) await words.bulkWrite(writes)
    }
  }

  /** Skips a record that no reaction could read either. */
  private wordOf(event: EventDefinition, record: ReadRecord): Word[] {
    const { key, value, headers, partition, offset } = record
    if (key === null) return []
    if (value === null) return [{ _id: key, sequence: sequenceIn(headers), envelope: null }]
    try {
      const envelope = readEnvelope({ key: Buffer.from(key), value: Buffer.from(value), headers, ...NOWHERE }, event)
      if (isLost(this.restores, event, envelope)) return []
      return [{ _id: key, sequence: envelope.sequence, envelope }]
    } catch (error) {
      this.logger.warn(`${event.topic.name}/${partition}/${offset} is left out: ${wordsOf(error)}`)
      return []
    }
  }

  /** Drops the remains of interrupted runs first. */
  private async emptyCollection({ projection, number }: Run): Promise<Words> {
    const db = this.connection!.db!
    const prefix = `_snapshot.${projection}.`
    const left = await db.listCollections({}, { nameOnly: true }).toArray()
    for (const { name } of left) if (name.startsWith(prefix)) await db.dropCollection(name)
    return db.collection<Word>(`${prefix}${number}`)
  }
}

const NOWHERE = { offset: '', timestamp: '' }

const sequenceIn = ({ ce_sequence: sequence }: Record<string, string>) =>
  sequence === undefined ? undefined : Number(sequence)

/** A record that a crashed publisher sent again must not replace a later one. */
function noting({ _id, sequence, envelope }: Word): mongoose.mongo.AnyBulkWriteOperation<Word> {
  const word = { envelope, ...(sequence !== undefined && { sequence }) }
  const whenLater = (name: keyof typeof word) => ({
    $cond: [{ $gt: ['$sequence', sequence ?? null] }, `$${name}`, { $literal: word[name] }],
  })
  const update =
    sequence === undefined
      ? { $set: word }
      : [{ $set: { envelope: whenLater('envelope'), sequence: whenLater('sequence') } }]
  return { updateOne: { filter: { _id }, update, upsert: true } }
}
