import {
  consumers,
  eventsOf,
  retentionText,
  topics,
  type EventDefinition,
  type TopicDefinition,
} from '@mpics/contracts'
import { type Html, html } from '../pages/html.js'

const consumersOf = (event: EventDefinition) =>
  [...new Set(consumers.filter((c) => c.event.type === event.type).map((c) => c.service))].join(', ') || 'analysts'

const row = (event: EventDefinition): Html =>
  html`<tr>
    <th scope="row"><code>${event.type}</code></th>
    <td>${event.summary}</td>
    <td>${Object.keys(event.schema.shape).join(', ')}</td>
    <td>${consumersOf(event)}</td>
  </tr> `

const section = (topic: TopicDefinition): Html =>
  html` <h2><code>${topic.name}</code></h2>
    <p class="quiet">
      From ${topic.publishers.join(', ')} · ${topic.partitions} partitions · kept ${retentionText(topic.retention)}
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Events of ${topic.name}">
      <table>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Meaning</th>
            <th scope="col">Data</th>
            <th scope="col">Heard by</th>
          </tr>
        </thead>
        <tbody>
          ${eventsOf(topic).map(row)}
        </tbody>
      </table>
    </div>`

export const eventsPage = html` <h1>Events</h1>
  <p class="lead">
    Facts about ids that the parts of this site tell each other through Kafka, as CloudEvents. No event holds a name, an
    address or a text that somebody wrote.
  </p>
  <p><a href="/asyncapi.json">The same for programs: AsyncAPI 3</a></p>
  ${topics.map(section)}`
