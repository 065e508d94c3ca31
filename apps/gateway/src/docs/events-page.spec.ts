import { consumers, events } from '@mpics/contracts/catalogue'
import { describeField } from './describe-field.js'
import { eventsPage } from './events-page.js'

const { text } = eventsPage()
const article = (type: string): string =>
  new RegExp(`<article[^>]*id="${type}">.*?</article>`, 's').exec(text)?.[0] ?? ''

describe('the page of the events', () => {
  it.each(events.map((event) => [event.type, event] as const))(
    '%s: each field with its classification, who hears it, and how to read it',
    (type, event) => {
      const shown = article(type).replaceAll(/\s+/g, ' ')
      for (const [name, schema] of Object.entries(event.schema.shape)) {
        const { classification, purpose } = schema.meta() as Record<string, string>
        const row = new RegExp(`<code>${name}</code></th>.*?</tr>`).exec(shown)?.[0]
        expect(row).toContain(`${classification}</span></td> <td>${purpose}</td>`)
      }
      for (const { reaction } of consumers.filter((consumer) => consumer.event.type === type))
        expect(shown).toContain(reaction)
      expect(shown).toContain(`-t ${event.topic.name} -o beginning`)
      expect(shown).toContain(`href="/schemas/${type}.json"`)
    },
  )

  it.each([
    [{ type: 'string', format: 'date-time' }, 'instant'],
    [{ type: 'string', enum: ['a', 'b'] }, 'a | b'],
    [{ anyOf: [{ type: 'string', format: 'uuid' }, { type: 'null' }] }, 'uuid or null'],
    [{ items: { type: 'string', maxLength: 40 } }, 'list (string, at most 40 characters)'],
    [{ type: 'integer', minimum: 0 }, 'integer from 0'],
    [{ type: 'integer', minimum: Number.MIN_SAFE_INTEGER }, 'integer'],
  ])('says in words what %j is', (schema, words) => {
    expect(describeField('x', schema, true).type).toBe(words)
    expect(describeField('x', schema, false).type).toBe(`${words}, may be absent`)
  })
})
