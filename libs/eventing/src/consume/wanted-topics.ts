import { Logger } from '@nestjs/common'
import { existingTopics, hiddenTopics } from '../kafka/existing-topics.js'
import type { KafkaClient } from '../kafka/kafka-client.js'

/** Finds the topics that a group reads; logs which are missing, or hidden by a missing right. */
export class WantedTopics {
  missing: readonly string[] = []
  private readonly logger = new Logger('EventServer')

  constructor(
    private readonly kafka: KafkaClient,
    private readonly names: readonly string[],
  ) {}

  /** Rejects when no topic exists. */
  async find(): Promise<string[]> {
    const existing = await existingTopics(this.kafka)
    const found = this.names.filter((topic) => existing.has(topic))
    const missing = this.names.filter((topic) => !existing.has(topic))
    if (missing.length > 0 && missing.join() !== this.missing.join()) await this.complain(missing)
    this.missing = missing
    if (found.length > 0) return found
    throw new Error('none of the topics exists')
  }

  private async complain(missing: readonly string[]): Promise<void> {
    const hidden = await hiddenTopics(this.kafka, missing)
    const absent = missing.filter((topic) => !hidden.includes(topic))
    if (hidden.length > 0)
      this.logger.error(`No right to these topics: ${hidden.join(', ')}. Give it with: mpics rights apply`)
    if (absent.length > 0)
      this.logger.error(`Topics are missing: ${absent.join(', ')}. Create them with: mpics topics create`)
  }
}
