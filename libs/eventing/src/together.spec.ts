import { gathering, Together } from './together.js'

describe('things done together', () => {
  const performed: string[] = []
  let release: () => void = () => undefined
  const bad = (work: string) => work.startsWith('bad')
  const together = new Together<string>(async (works) => {
    performed.push(works.join(' '))
    await new Promise<void>((resolve) => (release = resolve))
    if (works.some(bad)) throw new Error(works.join(' '))
  })
  beforeEach(() => void (performed.length = 0))
  const free = async () => {
    release()
    await new Promise(setImmediate)
  }

  it('are those that came while one was under way', async () => {
    const all = ['a', 'b', 'c'].map((work) => together.add(work))
    expect(performed).toEqual(['a'])
    await free()
    expect(performed).toEqual(['a', 'b c'])
    await free()
    await Promise.all(all)
    const next = together.add('d')
    await free()
    await next
    expect(performed).toEqual(['a', 'b c', 'd'])
  })

  it('fail alone', async () => {
    const one = new Together<string>((works) => {
      performed.push(works.join(' '))
      return works.some(bad) ? Promise.reject(new Error('bad')) : Promise.resolve()
    })
    const ends = await Promise.allSettled(['a', 'b', 'bad', 'c'].map((work) => one.add(work)))
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect(performed).toEqual(['a', 'b bad c', 'b', 'bad', 'c'])
  })

  it('are none of those for which nobody can say how long they wait; the next are done', async () => {
    const done: string[] = []
    const one = new Together<string>(
      async (works) => void done.push(works.join(' ')),
      (works) => {
        if (works.some(bad)) throw new Error('no time')
        return 0
      },
    )
    await expect(one.add('bad')).rejects.toThrow('no time')
    await one.add('a')
    expect(done).toEqual(['a'])
  })

  it('wait as long as the least of what came meanwhile lets them, and no longer', async () => {
    jest.useFakeTimers()
    const done: string[] = []
    const least = (works: readonly number[]) => Math.min(...works)
    const one = new Together<number>(async (works) => void done.push(works.join(' ')), least)
    void one.add(300)
    await jest.advanceTimersByTimeAsync(100)
    void one.add(290)
    await jest.advanceTimersByTimeAsync(50)
    void one.add(20)
    await jest.advanceTimersByTimeAsync(19)
    expect(done).toEqual([])
    void one.add(20)
    await jest.advanceTimersByTimeAsync(1)
    expect(done).toEqual(['300 290 20 20'])
    void one.add(100)
    await jest.advanceTimersByTimeAsync(99)
    expect(done).toHaveLength(1)
    await jest.advanceTimersByTimeAsync(1)
    expect(done[1]).toBe('100')
    jest.useRealTimers()
  })

  it('wait for others until there are many', async () => {
    jest.useFakeTimers()
    const done: number[] = []
    const one = new Together<number>(async ({ length }) => void done.push(length), gathering(100))
    void one.add(1)
    await jest.advanceTimersByTimeAsync(99)
    void one.add(2)
    expect(done).toEqual([])
    await jest.advanceTimersByTimeAsync(1)
    expect(done).toEqual([2])
    for (let n = 0; n < 20; n++) void one.add(n)
    await jest.advanceTimersByTimeAsync(0)
    expect(done).toEqual([2, 20])
    jest.useRealTimers()
  })
})
