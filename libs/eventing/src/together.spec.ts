import { Together } from './together.js'

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
})
