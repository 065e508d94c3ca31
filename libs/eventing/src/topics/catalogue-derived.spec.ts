import { consumers, topics } from '@mpics/contracts/catalogue'
import { retentionDays } from '../consume/retention-days.js'
import { parseFault } from '../fail-point.js'
import { cutTimes } from '../publish/cut-times.js'
import { busRights } from './acls.js'
import { DEAD_LETTER_DAYS, topicPlan } from './topic-plan.js'

describe('what is derived from the catalogue', () => {
  it('plans every topic, with dead letters and replays for each group that shares it', () => {
    const plan = topicPlan('x.')
    expect(new Set(plan.map(({ topic }) => topic)).size).toBe(plan.length)
    for (const { name } of topics) expect(plan.map(({ topic }) => topic)).toContain(`x.${name}`)
    for (const { event, service, delivery } of consumers)
      expect(plan.some(({ topic }) => topic === `x.${event.topic.name}.dlt.${service}`)).toBe(delivery === 'shared')
    const total = plan.find(({ topic }) => topic === 'x.analytics.view-total')!
    expect(total.config).toMatchObject({ 'cleanup.policy': 'compact', 'max.compaction.lag.ms': '3600000' })
  })

  it('wants what is acknowledged on two of three copies, dead letters included, and leaves it to a broker without three', () => {
    const insync = (factor?: number) =>
      new Set(topicPlan('', undefined, factor).map(({ config }) => config['min.insync.replicas']))
    expect([insync(3), insync(2), insync()]).toEqual([new Set(['2']), new Set([undefined]), new Set([undefined])])
  })

  it('lets nobody but analytics and analysts read page views, and nobody but the gateway write them (B14)', () => {
    const rights = busRights().filter(({ name }) => name.startsWith('traffic.page-view'))
    const who = (topic: string, operation: 'read' | 'write') =>
      rights.filter((r) => r.name === topic && r.operations.includes(operation)).map(({ principal }) => principal)
    expect(who('traffic.page-view', 'read')).toEqual(['User:analytics', 'User:analyst'])
    expect(who('traffic.page-view', 'write')).toEqual(['User:gateway'])
  })

  it('gives no right to traffic to a consumer that names no purpose of the policy (B14)', () => {
    const reads = (purpose?: 'mail' | 'trend-analysis') => {
      const own = consumers.filter(({ reaction }) => reaction === 'count-page-views').map((c) => ({ ...c, purpose }))
      return busRights('', { topics: [], consumers: own })
        .filter(({ principal }) => principal === 'User:analytics')
        .map(({ name }) => name)
    }
    expect(reads('trend-analysis')).toContain('traffic.page-view')
    expect([...reads('mail'), ...reads()]).toEqual([])
  })

  it('gives nobody a right to a topic it neither publishes nor reads', () => {
    const mayWrite = busRights().filter((r) => r.principal === 'User:media' && r.operations.includes('write'))
    expect(mayWrite.map(({ name }) => name).filter((name) => /^(identity|profiles)\.[a-z-]+$/.test(name))).toEqual([])
  })
})

describe('small parts', () => {
  it('remembers an effect for as long as its event can come back from the dead letters', () => {
    const shortest = consumers.map(({ event }) => event).filter(({ topic }) => topic.retention.kind === 'days')
    for (const event of shortest) expect(retentionDays(event)).toBeGreaterThan(DEAD_LETTER_DAYS + 1)
    expect(topicPlan().find(({ topic }) => topic.includes('.dlt.'))!.config['retention.ms']).toBe(
      String(DEAD_LETTER_DAYS * 86_400_000),
    )
  })

  it('cuts every time in a value to the second', () => {
    const at = '2026-01-31T12:00:00.789Z'
    expect(cutTimes({ at, in: [{ at }], text: `at ${at}`, n: null })).toEqual({
      at: '2026-01-31T12:00:00Z',
      in: [{ at: '2026-01-31T12:00:00Z' }],
      text: `at ${at}`,
      n: null,
    })
  })

  it('reads a fault from the environment', () => {
    expect(parseFault(undefined)).toBeUndefined()
    expect(parseFault('relay.afterSend:kill:after3')).toEqual({ name: 'relay.afterSend', action: 'kill', after: 3 })
  })
})
