import { EventingState } from '@mpics/eventing'
import { Connection, pingMongo } from '@mpics/mongo'
import { Injectable, type OnModuleInit, Optional } from '@nestjs/common'
import { Health } from './health.js'

/** A service is ready when its database answers and its consumers have joined. */
@Injectable()
export class ServerChecks implements OnModuleInit {
  constructor(
    private readonly health: Health,
    private readonly events: EventingState,
    @Optional() private readonly connection?: Connection,
  ) {}

  onModuleInit(): void {
    const { connection } = this
    if (connection) this.health.addReadiness('mongodb', () => pingMongo(connection))
    this.health.addReadiness('kafka', () => this.joined())
    this.health.addLiveness('consumers', () => this.alive())
  }

  /** Shows a consumer that joined and is away for a while, but fails nothing: requests go on without it. */
  private joined(): string | undefined {
    const { ready, group, replica, missingTopics, trouble } = this.events.consuming()
    if (missingTopics.length > 0) throw new Error(`no such topics, or no right to them: ${missingTopics.join(', ')}`)
    const state = `consumers: group ${group}, replica ${replica}${trouble ? `: ${trouble}` : ''}`
    if (!ready) throw new Error(state)
    return group === 'crashed' || trouble ? state : undefined
  }

  private alive(): void {
    const { live, silentMs } = this.events.consuming()
    if (!live) throw new Error(`consumers have been silent for ${Math.round(silentMs / 1000)} s`)
  }
}
