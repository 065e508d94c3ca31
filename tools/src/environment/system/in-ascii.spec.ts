import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../root.js'

type InAscii = (text: string) => string

describe('the text of a bundle', () => {
  let inAscii: InAscii
  beforeAll(async () => {
    const file = pathToFileURL(join(root, 'tools/bin/in-ascii.mjs')).href
    inAscii = ((await import(file)) as { inAscii: InAscii }).inAscii
  })

  it.each([
    ['/[ä-ü]/', String.raw`/[\u00e4-\u00fc]/`],
    [String.raw`/\\é/`, String.raw`/\\\u00e9/`],
  ])('is ASCII: %s', (text, made) => expect(inAscii(text)).toBe(made))

  it.each([String.raw`/\é/`, String.raw`/\\\é/`])('has no backslash that would escape another one: %s', (text) =>
    expect(() => inAscii(text)).toThrow('would escape another one'),
  )
})
