import type { Readable } from 'node:stream'
import { ExportLinks, ExportStore } from '@mpics/rights'
import { Injectable } from '@nestjs/common'

/** The parts of exports, and what they link to. */
@Injectable()
export class ReadParts {
  constructor(
    private readonly store: ExportStore,
    readonly links: ExportLinks,
  ) {}

  open(objectKey: string): Promise<Readable> {
    return this.store.open(objectKey)
  }
}
