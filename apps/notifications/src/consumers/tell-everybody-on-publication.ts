import { type Envelope, identity } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { EventConsumer, On } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { StartCampaign } from '../campaigns/start-campaign.js'

/** The topic is kept for ever: a new replica group must not tell of what has long been in force. */
const NEWS_MS = 30 * DAY_MS

/** Policy: "legal notices (e.g. updates to our policies)" go to everybody, whatever their settings (B26). */
@EventConsumer()
export class TellEverybodyOnPublication {
  constructor(
    private readonly startCampaign: StartCampaign,
    private readonly clock: Clock,
  ) {}

  @On(identity.policyPublished, { idempotence: 'natural' })
  async handle({ type, time, data }: Envelope<typeof identity.policyPublished>): Promise<void> {
    const { document, version, effectiveAt } = data
    const registeredBefore = new Date(effectiveAt)
    // the first documents of a site were in force when it opened
    if (registeredBefore <= new Date(time)) return
    if (registeredBefore.getTime() + NEWS_MS < this.clock.now().getTime()) return
    await this.startCampaign.execute({
      about: `${document} ${version}`,
      kind: 'policy-changed',
      category: 'legal',
      cause: type,
      parameters: { detail: document, version, at: effectiveAt },
      registeredBefore,
    })
  }
}
