import { credentialIn } from './passkey-form.js'

describe('what a form holds of a passkey', () => {
  const nested = (depth: number) => `{"id":${'['.repeat(depth)}${']'.repeat(depth)}}`

  it('is an object as browsers make it, and is not even parsed when it nests too deeply', () => {
    const parse = jest.spyOn(JSON, 'parse')
    expect([credentialIn(nested(40)), parse.mock.calls]).toEqual([undefined, []])
    parse.mockRestore()
    expect(credentialIn('{"id":"k","response":{"userHandle":null}}')).toEqual({
      id: 'k',
      response: { userHandle: null },
    })
    for (const text of ['', '{', 'null', '"k"', '7']) expect([text, credentialIn(text)]).toEqual([text, undefined])
  })
})
