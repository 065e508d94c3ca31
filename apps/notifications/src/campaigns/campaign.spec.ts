import { advance, type Campaign, placeBefore, startCampaign } from './campaign.js'

const now = new Date('2026-12-01T00:00:00Z')
const start = (about = 'privacy v2'): Campaign =>
  startCampaign(
    {
      about,
      kind: 'policy-changed',
      category: 'legal',
      cause: 'identity.policy.published.v1',
      parameters: { detail: 'privacy', version: 'v2', at: '2027-01-01T00:00:00.000Z' },
      registeredBefore: new Date('2027-01-01T00:00:00Z'),
    },
    now,
  ).state

it('is one for what it tells of', () => {
  expect([start().id === start().id, start().id === start('terms v2').id]).toEqual([true, false])
})

it('goes on after the last account, and ends when nobody is left', () => {
  const first = advance(start(), ['a', 'b'], now).state
  const second = advance(first, ['c'], now).state
  expect([first.after, second.after, second.queued, second.status]).toEqual(['b', 'c', 3, 'running'])
  const ended = advance(second, [], now)
  expect(ended.state).toMatchObject({ status: 'finished', after: null, queued: 3, finishedAt: now, lease: null })
  expect(advance(ended.state, ['d'], now).changed).toBe(false)
})

it('goes on before somebody who is erased, at a place that says nothing but about when they came', () => {
  const [id, next] = ['0193d2a1-7c3e-7b52-9a10-5f3c0e8d1a77', '0193d2a2-0000-7b52-9a10-5f3c0e8d1a77']
  expect(placeBefore(id)).toBe('0193d2a1-0000-7000-8000-000000000000')
  expect([placeBefore(id) < id, placeBefore(next) < next, placeBefore(next) < id]).toEqual([true, true, false])
})
