import { moments } from './moments.js'

describe('what comes in one moment', () => {
  it('is sent together, after what was sent before', async () => {
    const sent: number[][] = []
    const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const send = moments<number>((items) => answers[sent.push(items) - 1]!.promise)
    const first = Promise.all([send(1), send(2, 3)])
    await Promise.resolve()
    const second = Promise.all([send(4), send(5)])
    answers.forEach(({ resolve }) => resolve())
    await Promise.all([first, second])
    expect(sent).toEqual([
      [1, 2, 3],
      [4, 5],
    ])
  })

  it('fails alone', async () => {
    const sent: number[][] = []
    const send = moments<number>((items) =>
      sent.push(items) === 1 ? Promise.reject(new Error('refused')) : Promise.resolve(),
    )
    await expect(send(1)).rejects.toThrow('refused')
    await send(2)
    expect(sent).toEqual([[1], [2]])
  })
})
