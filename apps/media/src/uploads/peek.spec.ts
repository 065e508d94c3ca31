import { peek } from './peek.js'

describe('peek', () => {
  it('gives the head, and then all of the stream', async () => {
    const source = async function* () {
      for (const text of ['one', 'two', 'three']) yield Buffer.from(text)
    }
    const { head, all } = await peek(source(), 4)
    expect(head.toString()).toBe('onet')
    const read = []
    for await (const chunk of all) read.push(chunk)
    expect(Buffer.concat(read).toString()).toBe('onetwothree')
    expect((await peek(source(), 100)).head.toString()).toBe('onetwothree')
  })
})
