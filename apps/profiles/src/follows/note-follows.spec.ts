import type { Outbox } from '@mpics/eventing'
import { ForgetTallies } from './forget-tallies.js'
import type { HideAccount } from './hide-account.js'
import { NoteFollows } from './note-follows.js'
import type { TallyRepository } from './tally.repository.js'

const [ANN, BEN, EVA] = ['ann', 'ben', 'eva']
const pair = (followerId: string, followedId: string) => ({ followerId, followedId })
const fact = (followerId: string, followedId: string, sequence: number) => ({
  data: pair(followerId, followedId),
  sequence,
})

describe('what is noted of follows', () => {
  let forgotten: string[][]
  let isHidden: boolean
  let forget: ForgetTallies
  let note: NoteFollows
  beforeEach(() => {
    ;[forgotten, isHidden] = [[], false]
    const tallies = { forget: async (ids: string[]) => void forgotten.push(ids) } as unknown as TallyRepository
    const hide = { markFollows: () => Promise.resolve(isHidden) } as unknown as HideAccount
    const outbox = { onPublished: () => undefined } as unknown as Outbox
    forget = new ForgetTallies(tallies)
    note = new NoteFollows(outbox, tallies, hide, forget)
  })

  it('changes no count that the request of a first follow has forgotten in this process', async () => {
    await forget.execute(pair(ANN, BEN), true)
    await note.execute([fact(ANN, BEN, 1)])
    expect(forgotten).toEqual([[ANN, BEN]])
  })

  it('changes all others: of another process, of a later change of the pair, and of an event that comes again', async () => {
    await forget.execute(pair(ANN, BEN), true)
    await forget.execute(pair(EVA, BEN), false)
    await note.execute([fact(ANN, BEN, 2), fact(EVA, BEN, 1), fact(ANN, EVA, 1)])
    await note.execute([fact(ANN, BEN, 1)])
    await note.execute([fact(ANN, BEN, 1)])
    expect(forgotten.slice(2)).toEqual([
      [ANN, BEN, EVA],
      [ANN, BEN],
    ])
  })

  it('changes those of which nobody told for some seconds: another replica leads the relay, and pairs are not kept', async () => {
    jest.useFakeTimers()
    try {
      await forget.execute(pair(ANN, BEN), true)
      jest.advanceTimersByTime(5_000)
      await forget.execute(pair(EVA, BEN), true)
    } finally {
      jest.useRealTimers()
    }
    await note.execute([fact(ANN, BEN, 1), fact(EVA, BEN, 1)])
    expect(forgotten.slice(2)).toEqual([[ANN, BEN]])
  })

  it('changes them once more where somebody is hidden, whose follows count no more', async () => {
    await forget.execute(pair(ANN, BEN), true)
    isHidden = true
    await note.execute([fact(ANN, BEN, 1)])
    expect(forgotten).toEqual([
      [ANN, BEN],
      [ANN, BEN],
    ])
  })
})
