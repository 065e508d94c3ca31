import { z } from 'zod'
import {
  analysts,
  consumers,
  events,
  internalApis,
  publicApis,
  topics,
  topicsFor,
  trafficPurposes,
} from '../catalogue.js'
import type { ApiDefinition } from '../define/define-api.js'
import { callFields, undeclaredFields } from './call-fields.js'
import * as namespaces from '../index.js'
import {
  aboutField,
  defineEvent,
  defineTopic,
  days,
  type EventDefinition,
  mayWait,
  serviceNames,
  vocabularyOf,
} from '../index.js'

describe('the catalogue', () => {
  it('has each type and each topic once', () => {
    expect(new Set(events.map((e) => e.type)).size).toBe(events.length)
    expect(topics.length).toBeGreaterThan(8)
  })

  it('has each event that a service’s `index.ts` exports', () => {
    const exported = serviceNames.flatMap((service) => Object.values(namespaces[service]) as Partial<EventDefinition>[])
    expect(exported.filter((one) => one.keyOf && !events.includes(one as EventDefinition))).toEqual([])
  })

  it.each(events.map((e) => [e.type, e] as const))('%s: its example is valid', (type, event) => {
    expect(event.of(event.example)).toMatchObject({ type, subject: event.keyOf(event.example) })
  })

  it('B03.1 every field that a call takes in or answers with says its classification and purpose, also between services', () => {
    const forgotten = z.strictObject({
      nickname: z.string().optional(),
      items: z.array(z.strictObject({ at: z.string() })),
    })
    expect(undeclaredFields(forgotten, 'any')).toEqual(['any.nickname', 'any.items.at'])
    const schemas = ({ name, params, query, body, answer }: ApiDefinition) =>
      [params, query, body, answer].flatMap((schema) => (schema ? undeclaredFields(schema, name) : []))
    expect([...publicApis, ...internalApis].flatMap(schemas)).toEqual([])
  })

  it('B51 no answer that is kept for repeats holds words that a person may correct', () => {
    const kept = publicApis.filter(({ idempotent, answer }) => idempotent && answer)
    const words = kept.flatMap(({ name, answer }) =>
      callFields(answer!)
        .filter(({ about }) => ['personal', 'secret'].includes(about!.classification))
        .map((field) => `${name}.${field.name}`),
    )
    // a handle never changes
    expect(words).toEqual(['registerAccount.handle'])
  })

  it('B03.1 every field of an event says its classification and purpose, or it cannot be defined', () => {
    const topic = defineTopic({ name: 'identity.test', partitions: 1, retention: days(1), publishers: ['identity'] })
    const undeclared = () =>
      defineEvent({
        type: 'identity.test.done.v1',
        topic,
        summary: '',
        key: 'id',
        data: { id: z.uuid() },
        example: { id: '' },
      })
    expect(undeclared).toThrow(/classification/)
  })

  it('B31.2 what tells of browsers names no account, and what names accounts no browser', () => {
    const fields = (prefix: RegExp) =>
      events.filter((e) => prefix.test(e.topic.name)).flatMap((e) => Object.keys(e.schema.shape))
    expect(
      fields(/^(traffic|analytics)\./).filter((f) => /account|owner|follower|session|request|trace/i.test(f)),
    ).toEqual([])
    expect(
      fields(/^(identity|profiles|media|notifications)\./).filter((f) => /^(browser|ip|visitor)/i.test(f)),
    ).toEqual([])
  })

  it('B14 traffic is read by analytics alone, for a purpose of the policy', () => {
    const readers = consumers.filter((c) => c.event.topic.name.startsWith('traffic.'))
    expect([...new Set(readers.map((c) => c.service))]).toEqual(['analytics'])
    expect(trafficPurposes).toEqual(expect.arrayContaining(readers.map((c) => c.purpose)))
  })

  it('B14 analysts read traffic, what is counted from it and what is public; for one purpose, only what is held for it', () => {
    const [analyst] = analysts
    const read = analyst!.topics.map(({ name }) => name)
    const ofTraffic = read.filter((name) => /^(traffic|analytics)\./.test(name))
    expect(ofTraffic).toEqual(topicsFor(trafficPurposes).map(({ name }) => name))
    expect(read).toEqual(expect.arrayContaining(['traffic.page-view', 'analytics.view-total', 'identity.ledger']))
    for (const hidden of ['traffic.own-view', 'analytics.export-part', 'identity.account'])
      expect(read).not.toContain(hidden)
    expect(topicsFor(['trend-analysis']).map(({ name }) => name)).not.toContain('traffic.page-view')
    expect(topicsFor(['mail'])).toEqual([])
  })

  it('each field of a public event says what it means, since data contracts repeat it', () => {
    const silent = events
      .filter(({ topic }) => topic.public)
      .flatMap(({ type, schema }) =>
        Object.entries(schema.shape).flatMap(([name, one]) =>
          aboutField(one)?.description ? [] : [`${type} ${name}`],
        ),
      )
    expect(silent).toEqual([])
  })

  it('B31 sessions and views do not say exactly when they were; what an owner looks at says the day', () => {
    const precise = Object.fromEntries(topics.map(({ name, precision }) => [name, precision]))
    expect(precise).toMatchObject({
      'identity.session': 'hour',
      'identity.account': 'exact',
      'traffic.page-view': 'second',
      'traffic.own-view': 'day',
    })
  })

  it('nobody reacts to facts that may wait', () => {
    expect(topics.map(({ name }) => name).filter(mayWait)).toEqual(['notifications.email'])
    expect(consumers.filter(({ event }) => mayWait(event.topic.name))).toEqual([])
  })

  it.each(consumers.map((c) => [c.service, c.reaction, c] as const))(
    '%s %s says what it does with words that it does not know',
    (_service, _reaction, { event, unknownWords = {} }) => {
      const open = Object.entries(event.schema.shape).filter(([, schema]) => vocabularyOf(schema))
      expect(Object.keys(unknownWords).sort()).toEqual(open.map(([name]) => name).sort())
    },
  )

  it('no event has a closed enumeration, which could not grow', () => {
    const closed = events.flatMap((e) => Object.entries(e.schema.shape).filter(([, s]) => s instanceof z.ZodEnum))
    expect(closed).toEqual([])
  })

  it('no event has a field for a person’s words or address', () => {
    const personal = events.flatMap((e) =>
      Object.entries(e.schema.shape).filter(([, s]) =>
        ['personal', 'secret'].includes(String(s.meta()?.['classification'])),
      ),
    )
    expect(personal).toEqual([])
  })

  it('every list that people page through says that it refuses a cursor of another', () => {
    const lists = publicApis.filter(({ query }) => 'cursor' in (query as z.ZodObject).shape)
    expect(lists.length).toBeGreaterThan(8)
    expect(lists.filter(({ problems }) => !problems.includes('cursor-invalid')).map(({ name }) => name)).toEqual([])
  })
})
