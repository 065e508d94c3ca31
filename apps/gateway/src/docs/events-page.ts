import type { Retention, TopicDefinition } from '@mpics/contracts'
import { eventsOf, topics } from '@mpics/contracts/catalogue'
import { assets } from '../pages/assets.js'
import { type Html, html } from '../pages/html.js'
import { eventArticle } from './event-article.js'

function keptFor(retention: Retention): string {
  if (retention.kind === 'days') return retention.days === 1 ? 'kept for a day' : `kept for ${retention.days} days`
  return retention.kind === 'for-ever' ? 'kept for ever' : 'the last of each key is kept'
}

const section = (topic: TopicDefinition): Html =>
  html` <section class="topic" aria-labelledby="${topic.name}">
    <h2 id="${topic.name}"><code>${topic.name}</code></h2>
    <p class="quiet">
      Stated by ${topic.publishers.join(', ')} · ${topic.partitions}
      ${topic.partitions === 1 ? 'partition' : 'partitions'} · ${keptFor(topic.retention)} ·
      ${topic.traced ? 'carries a trace id' : 'carries no trace id'}
    </p>
    ${eventsOf(topic).map(eventArticle)}
  </section>`

const contents = html` <nav aria-label="Topics">
  <ul class="tags">
    ${topics.map(({ name }) => html`<li><a href="#${name}">${name}</a></li> `)}
  </ul>
</nav>`

const reading = html` <section aria-labelledby="reading">
  <h2 id="reading">How to read them</h2>
  <p class="text">
    Each is a CloudEvent 1.0 in Kafka’s binary mode: its attributes are the headers <code>ce_id</code>,
    <code>ce_type</code>, <code>ce_time</code>, <code>ce_subject</code> and <code>ce_sequence</code>; its value is the
    data as JSON. The key is the subject, so that what is told of one thing stays in order. An event may come twice:
    equal <code>ce_id</code>s are one fact. Everything of a topic, with
    <a href="https://github.com/edenhill/kcat">kcat</a>:
  </p>
  <pre tabindex="0"><code>kcat -C -b "$KAFKA_BROKERS" -t media.photo -o beginning -e -f '%h
%k %s

'</code></pre>
  <p class="text">
    Within a version, fields are only ever added, and only such as may be absent: validate with the JSON Schema of an
    event, and go on when you meet a field that you do not know. Topics hold ids for as long as is said with each, and
    traffic is read with a right of its own.
  </p>
</section>`

/** `events.js` shows it; the page works without that script. */
const search = html` <search class="find" hidden>
  <label for="find">Find an event by its name, a field, a purpose or a reader</label>
  <input id="find" type="search" autocomplete="off" spellcheck="false" />
  <p id="found" class="quiet" role="status"></p>
</search>`

export const aboutEvents = {
  description:
    'Facts that the parts of Million Pictures tell each other, open to data analysts: every event, its fields, and how to read it.',
  path: '/docs/events',
}

let page: Html | undefined

/** Made when it is first asked for: it holds 300 KB of text. */
export const eventsPage = (): Html => (page ??= made())

const made = (): Html =>
  html` <h1>Events</h1>
    <p class="lead">
      Facts about ids that the parts of this site tell each other through Kafka, open to data analysts. None holds a
      name, an address or a text that somebody wrote.
    </p>
    <p>
      <a href="#reading">How to read them</a>. For programs: <a href="/asyncapi.json">AsyncAPI 3</a>, and a JSON Schema
      with each event.
    </p>
    ${search} ${contents} ${topics.map(section)} ${reading}
    <script src="${assets.eventsScript}" defer></script>`
