import { decodeCursor, encodeCursor, InvalidCursorError } from './cursor.js'
import { afterCursor, pageFrom } from './page.js'

const sort = { at: -1, _id: 1 } as const

describe('cursors', () => {
  it('come back as they were, dates included', () => {
    const values = [new Date(5), 'a', 3, null, true]
    expect(decodeCursor(encodeCursor(values), 5)).toEqual(values)
  })

  it.each([
    ['not base64', '%%%'],
    ['not JSON', Buffer.from('hello').toString('base64url')],
    ['of another list', encodeCursor(['a'])],
    ['carrying an operator', Buffer.from('[{"$gt":""},"a"]').toString('base64url')],
    ['carrying a nested operator', Buffer.from('[[{"$gt":""}],"a"]').toString('base64url')],
  ])('are refused when %s', (_, cursor) => {
    expect(() => decodeCursor(cursor, 2)).toThrow(InvalidCursorError)
  })

  it('continue behind the last item shown, equal keys included', () => {
    const rows = ['a', 'b', 'c'].map((_id) => ({ _id, at: new Date(7) }))
    const { items, nextCursor } = pageFrom(rows, 2, sort)
    expect(items).toEqual(rows.slice(0, 2))
    expect(afterCursor(sort, nextCursor!)).toEqual({
      $or: [{ at: { $lt: new Date(7) } }, { at: new Date(7), _id: { $gt: 'b' } }],
    })
    expect(pageFrom(rows, 3, sort).nextCursor).toBeNull()
  })
})
