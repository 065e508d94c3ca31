import { identity } from '@mpics/contracts'
import { addErased, beginPart, finishPart } from './erasure-part.js'

const [BEGUN, NOW] = [new Date('2026-02-01T00:00:00Z'), new Date('2026-02-01T00:01:00Z')]
const id = '01931f3e-0000-7000-8000-0000000000e1'

describe('the part of a service in an erasure', () => {
  const counted = addErased(beginPart(id, BEGUN).state, { documents: 3, objects: 0 }).state
  const finished = finishPart(counted, (done) => identity.erasureCompleted.of(done), NOW)

  it('states what was erased once, and counts nothing afterwards', () => {
    expect(finished.events.map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'identity.erasure.completed.v1', data: { erasureId: id, documents: 3, objects: 0 } },
    ])
    expect(finishPart(finished.state, (done) => identity.erasureCompleted.of(done), NOW).changed).toBe(false)
    expect(addErased(finished.state, { documents: 1, objects: 1 }).changed).toBe(false)
  })

  it('is not saved when nothing was erased', () => {
    expect(addErased(counted, { documents: 0, objects: 0 }).changed).toBe(false)
  })
})
