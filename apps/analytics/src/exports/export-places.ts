import type { Readable } from 'node:stream'
import { Injectable } from '@nestjs/common'
import { ExportsBusyError } from './export.errors.js'

const MAX_EXPORTS = 3

/** How many tables a replica writes at once: each reads as fast as its analyst, and for as long. */
@Injectable()
export class ExportPlaces {
  private taken = 0

  /** The place is free again when the stream has ended, or its reader has gone. */
  async during(open: () => Promise<Readable>): Promise<Readable> {
    if (this.taken >= MAX_EXPORTS) throw new ExportsBusyError(MAX_EXPORTS)
    this.taken++
    try {
      const stream = await open()
      return stream.once('close', () => this.taken--)
    } catch (error) {
      this.taken--
      throw error
    }
  }
}
