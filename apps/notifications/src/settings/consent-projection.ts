import { identity } from '@mpics/contracts'
import { type Fact, type Projection, Projections, type Run, TopicSnapshots } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { ConsentProjectionRepository } from './consent-projection.repository.js'

@Injectable()
export class ConsentProjection implements Projection {
  readonly name = 'consents'
  readonly events = [identity.consentChanged]
  readonly source = `topic ${identity.consentChanged.topic.name}`

  constructor(
    projections: Projections,
    private readonly consents: ConsentProjectionRepository,
    private readonly topics: TopicSnapshots,
  ) {
    projections.register(this)
  }

  get store() {
    return this.consents.store
  }

  async *snapshot(run: Run): AsyncGenerator<Fact[]> {
    for await (const changes of this.topics.lastWords(identity.consentChanged, run))
      yield changes.flatMap(({ subject, sequence, data: { granted } }) =>
        sequence === undefined ? [] : [{ id: subject, sequence, fields: { granted } }],
      )
  }
}
