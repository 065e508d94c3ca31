import type { EventDefinition } from '@mpics/contracts'
import { consumers, dataSchemaPath, jsonSchemaOf } from '@mpics/contracts/catalogue'
import { type Html, html } from '../pages/html.js'
import { describeField, type FieldDescription } from './describe-field.js'

const fieldsOf = (event: EventDefinition): FieldDescription[] => {
  const { properties = {}, required = [] } = jsonSchemaOf(event.schema)
  return Object.entries(properties as object).map(([name, schema]) =>
    describeField(name, schema as object, (required as string[]).includes(name)),
  )
}

const row = ({ name, type, classification, purpose, meaning }: FieldDescription): Html =>
  html`<tr>
    <th scope="row"><code>${name}</code></th>
    <td>${type}</td>
    <td><span class="chip ${classification}">${classification}</span></td>
    <td>${purpose}</td>
    <td>${meaning}</td>
  </tr> `

const fields = (event: EventDefinition): Html =>
  html` <div class="scroll" tabindex="0" role="region" aria-label="Fields of ${event.type}">
    <table>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col">Classification</th>
          <th scope="col">Purpose</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        ${fieldsOf(event).map(row)}
      </tbody>
    </table>
  </div>`

function consumersOf(event: EventDefinition): Html {
  const found = consumers.filter((consumer) => consumer.event.type === event.type)
  if (found.length === 0) return html`No service reacts to it; it is there for analysts.`
  return html`${found.map(
    ({ service, reaction }, i) => html`${i > 0 && ', '}${service} <span class="quiet">(${reaction})</span>`,
  )}`
}

/** Names the field that is the key, or shows an example where the key is derived. */
function keyOf(event: EventDefinition): string {
  const key = event.keyOf(event.example)
  return Object.entries(event.example).find(([, value]) => value === key)?.[0] ?? key
}

const command = ({ topic, type }: EventDefinition): string =>
  `kcat -C -b "$KAFKA_BROKERS" -t ${topic.name} -o beginning -e -J |
  jq -c 'select(.headers | index("${type}")) | .payload | fromjson'`

export const eventArticle = (event: EventDefinition): Html =>
  html` <article class="event" id="${event.type}">
    <h3>
      <a href="#${event.type}"><code>${event.type}</code></a>
    </h3>
    <p>${event.summary}</p>
    ${fields(event)}
    <dl class="facts">
      <dt>Heard by</dt>
      <dd>${consumersOf(event)}</dd>
      <dt>Key</dt>
      <dd><code>${keyOf(event)}</code></dd>
      <dt>Schema</dt>
      <dd><a href="${dataSchemaPath(event.type)}">JSON Schema</a></dd>
    </dl>
    <details>
      <summary>Example, and how to read it</summary>
      <pre tabindex="0"><code>${JSON.stringify(event.example, null, 2)}</code></pre>
      <pre tabindex="0"><code>${command(event)}</code></pre>
    </details>
  </article>`
