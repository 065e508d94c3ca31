import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, type EventContext, On } from '@mpics/eventing'
import { WriteExportPart } from './write-export-part.js'

/** A part that is written is not written again. While the object store is away, the event waits. */
@EventConsumer()
export class WritePartOnExportRequest {
  constructor(private readonly write: WriteExportPart) {}

  @On(identity.exportRequested, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof identity.exportRequested>, { signal }: EventContext): Promise<void> {
    await this.write.execute(data, signal)
  }
}
