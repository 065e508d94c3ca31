import { stamp } from './stamp.js'

it('no event is saved without the subject that its order is kept by', () => {
  const event = { type: 'media.photo.removed.v1', data: {} }
  for (const subject of [undefined, null, '', 7])
    expect(() => stamp([{ ...event, subject: subject as string }], 1)).toThrow('names no subject')
  expect(stamp([{ ...event, subject: 'x' }], 1)).toMatchObject([{ subject: 'x', seq: 2 }])
})
