import { mongo, Schema } from 'mongoose'
import type { Tally } from './tally.js'

/** Fields of a tally as MongoDB keeps them. */
export const storedTally = {
  total: { type: Number, required: true },
  unique: { type: Number, required: true },
  registers: Schema.Types.Mixed,
  offsets: Schema.Types.Mixed,
  asOf: Date,
}

/** Registers come back as BSON's own kind of bytes. */
export const tallyOf = ({ total, unique, registers, offsets, asOf }: Tally): Tally => ({
  total,
  unique,
  registers: registers instanceof mongo.Binary ? registers.buffer : registers,
  offsets,
  asOf,
})
