import { randomBytes } from 'node:crypto'
import { CursorSeal, InvalidCursorError } from './cursor.js'
import { afterCursor, pageFrom } from './page.js'

const secret = randomBytes(32)
const seal = new CursorSeal(secret)
const ofAda = { list: ['followers', 'ada'], sort: { at: -1, _id: 1 } } as const
const rows = ['a', 'b', 'c'].map((_id) => ({ _id, at: new Date(7) }))
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('cursors', () => {
  it('come back as they were, dates included, in each replica', () => {
    const values = [new Date(5), 'a', 3, null, true]
    expect(new CursorSeal(secret).open('list', seal.seal('list', values))).toEqual(values)
  })

  it('are opened while the secret is replaced, and not when it was taken out', () => {
    const next = randomBytes(32)
    const cursor = seal.seal('list', ['a'])
    expect(new CursorSeal(next, secret).open('list', cursor)).toEqual(['a'])
    expect(() => new CursorSeal(next).open('list', cursor)).toThrow(InvalidCursorError)
    expect(new CursorSeal(next).open('list', new CursorSeal(next, secret).seal('list', ['b']))).toEqual(['b'])
  })

  it('stay the same while the page does, and show nothing of what they hold', () => {
    const cursor = seal.seal('list', ['hidden'])
    expect(seal.seal('list', ['hidden'])).toBe(cursor)
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('hidden')
  })

  const given = pageFrom(seal, ofAda, rows, 2).nextCursor!
  it.each([
    ['empty', ''],
    ['not base64', '%%%'],
    ['forged with values of another type', base64(['abc', '01a22029-b06b-7761-bd2a-b64fe6a1546b'])],
    ['forged with an operator', base64([{ $gt: '' }, 'a'])],
    ['longer than any list makes it', 'A'.repeat(2_000)],
    ['changed in one letter', given.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'))],
    ['cut short', given.slice(0, -2)],
    ['of the list of somebody else', pageFrom(seal, { ...ofAda, list: ['followers', 'ben'] }, rows, 2).nextCursor!],
    ['of another order', pageFrom(seal, { ...ofAda, sort: { at: 1, _id: 1 } }, rows, 2).nextCursor!],
    ['of another service', pageFrom(new CursorSeal(randomBytes(32)), ofAda, rows, 2).nextCursor!],
  ])('are refused when %s', (_, cursor) => {
    expect(() => afterCursor(seal, ofAda, cursor)).toThrow(InvalidCursorError)
  })

  it('continue behind the last item shown, equal keys included', () => {
    const { items, nextCursor } = pageFrom(seal, ofAda, rows, 2)
    expect(items).toEqual(rows.slice(0, 2))
    expect(afterCursor(seal, ofAda, nextCursor!)).toEqual({
      $or: [{ at: { $lt: new Date(7) } }, { at: new Date(7), _id: { $gt: 'b' } }],
    })
    expect(pageFrom(seal, ofAda, rows, 3).nextCursor).toBeNull()
  })
})
