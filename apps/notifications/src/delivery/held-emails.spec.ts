import type { Versioned } from '@mpics/eventing'
import type { Email } from '../emails/email.js'
import { HeldEmails } from './held-emails.js'

const email = (id: string, bulk = false) => ({ id, bulk }) as unknown as Versioned<Email>
const many = (count: number, bulk: boolean) =>
  Array.from({ length: count }, (_, i) => email(`${bulk ? 'b' : 'p'}${i}`, bulk))

describe('the mails that a replica holds', () => {
  /** Begins as many as there are places; `end` ends one of them. */
  function sendingOf(held: HeldEmails) {
    const begun: string[] = []
    const ends = new Map<string, () => void>()
    const fill = () =>
      held.fill(({ id }) => {
        begun.push(id)
        return new Promise<void>((resolve) => ends.set(id, resolve))
      })
    const end = async (id: string) => {
      ends.get(id)!()
      await new Promise((resolve) => setImmediate(resolve))
      fill()
    }
    return { begun, fill, end }
  }

  it('keep half of the places free from those of campaigns', () => {
    const held = new HeldEmails(4)
    expect(held.bulkPlaces).toBe(2)
    held.add(many(2, true))
    const { begun, fill } = sendingOf(held)
    fill()
    held.add(many(3, false))
    fill()
    expect(begun).toEqual(['b0', 'b1', 'p0', 'p1'])
    expect([held.bulkHeld, held.promptHeld]).toEqual([2, 3])
  })

  it('send one of a campaign beside a flood of others', async () => {
    const held = new HeldEmails(2)
    held.add([...many(4, false), ...many(2, true)])
    const { begun, fill, end } = sendingOf(held)
    fill()
    await end('b0')
    await end('b1')
    expect(begun).toEqual(['b0', 'p0', 'b1', 'p1'])
  })

  it('send the others first where there is a single place', async () => {
    const held = new HeldEmails(1)
    held.add([...many(1, true), ...many(2, false)])
    const { begun, fill, end } = sendingOf(held)
    fill()
    await end('p0')
    await end('p1')
    expect(begun).toEqual(['p0', 'p1', 'b0'])
  })

  it('come back as long as they are not begun', () => {
    const held = new HeldEmails(1)
    held.add([...many(2, false), ...many(1, true)])
    const { fill } = sendingOf(held)
    fill()
    expect(held.takeBack().map(({ id }) => id)).toEqual(['p1', 'b0'])
    expect(held.all.map(({ id }) => id)).toEqual(['p0'])
  })
})
