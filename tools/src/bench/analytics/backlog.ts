import { randomUUID } from 'node:crypto'
import { gateway } from '@mpics/contracts'
import type { Scene } from '../cost/scene/scene.js'
import { Role } from '../eventing/role.js'

const PAGES = 1_000
const BROWSERS = 20_000

const { topic } = gateway.pageViewRecorded

/** Views that wait to be counted: analytics was away while they came. */
export class Backlog {
  private readonly pages = Array.from({ length: PAGES }, () => `/photos/${randomUUID()}`)

  constructor(private readonly scene: Scene) {}

  async grow(count: number): Promise<void> {
    await this.scene.system.services.analytics.stop()
    const producer = await this.bare()
    await producer.ask('produce', { count, pages: this.pages, browsers: BROWSERS })
    await producer.stop()
  }

  /** kafkajs alone at the same topic. */
  bare(): Promise<Role> {
    const { stack, prefix } = this.scene.system
    return Role.start('../references/bare-views', { brokers: stack.kafkaBrokers, topic: `${prefix}${topic.name}` })
  }

  /** How many views the process of analytics has counted and logged. */
  async handled(): Promise<number> {
    const { ops } = this.scene.system.ports.analytics
    const metrics = await (await fetch(`http://127.0.0.1:${ops}/metrics`)).text()
    const by = (reaction: string) =>
      Number(new RegExp(`^events_handled_total\\{[^}]*reaction="${reaction}"[^}]*\\} (\\d+)`, 'm').exec(metrics)?.[1])
    return Math.min(by('CountPageViews') || 0, by('LogPageViews') || 0)
  }
}
