import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { accept } from './accept.js'

const LOAD = { perSecond: 1_000, ms: 20 }
const LAST = 19

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

it('resolves to the number of changes', async () => {
  expect(await accept(LOAD, () => Promise.resolve())).toBe(LAST + 1)
})

it('keeps nothing of what changes resolve to', async () => {
  const answers: WeakRef<object>[] = []
  let kept = Number.NaN
  await accept(LOAD, async (n) => {
    await setImmediate()
    if (n === LAST) {
      collectGarbage()
      kept = answers.filter((answer) => answer.deref()).length
    }
    const answer = { n }
    answers.push(new WeakRef(answer))
    return answer
  })
  // the one before may just be on its way
  expect(kept).toBeLessThan(LAST / 2)
})
