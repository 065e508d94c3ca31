import { moments } from './moments.js'

describe('what comes in one moment', () => {
  it('is sent together, after what was sent before', async () => {
    const sent: number[][] = []
    const isSent = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const send = moments<number>((items) => {
      const n = sent.push(items) - 1
      isSent[n]!.resolve()
      return answers[n]!.promise
    })
    const first = Promise.all([send(1), send(2, 3)])
    await isSent[0]!.promise
    const second = Promise.all([send(4), send(5)])
    answers.forEach(({ resolve }) => resolve())
    await Promise.all([first, second])
    expect(sent).toEqual([
      [1, 2, 3],
      [4, 5],
    ])
  })

  it('lasts until the next one may begin', async () => {
    const sent: number[][] = []
    const send = moments<number>((items) => Promise.resolve(sent.push(items)), 1_000)
    await send(1)
    const second = send(2)
    await new Promise((resolve) => setTimeout(resolve, 1))
    await Promise.all([second, send(3)])
    expect(sent).toEqual([[1], [2, 3]])
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
