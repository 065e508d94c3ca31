import { about } from './about.js'
import { statedFields, unstatedIn } from './stored-fields.js'

const fields = {
  _id: about.identifier('account'),
  name: about.personal('profile'),
  change: { email: about.personal('mail'), links: { at: about.technical('security') } },
  offsets: { '*': about.technical('trend-analysis') },
}

describe('what is said of stored fields', () => {
  it('reaches into objects and lists, and to what is below any name', () => {
    const stored = {
      _id: '1',
      name: null,
      change: { email: 'a', links: [{ at: new Date() }] },
      offsets: { a: { b: 1 } },
    }
    expect(unstatedIn(fields, stored)).toEqual([])
    expect(unstatedIn(fields, { change: null })).toEqual([])
  })

  it('lacks what somebody added, wherever', () => {
    const stored = {
      bio: 'x',
      name: { first: 'y' },
      change: { links: [{ at: 1 }, { by: 2 }, { by: 3 }] },
      constructor: 1,
    }
    expect(unstatedIn(fields, stored).sort()).toEqual(['bio', 'change.links.by', 'constructor', 'name.*'])
    expect(unstatedIn(fields, { change: 'text' })).toEqual(['change'])
  })

  it('names each field whole', () => {
    const names = statedFields(fields).map(([name]) => name)
    expect(names).toEqual(['_id', 'name', 'change.email', 'change.links.at', 'offsets.*'])
  })
})
