import { composedEtag, ownersEtags } from './composed-etag.js'

describe('ETags of composed answers', () => {
  it('change with the whole and lead back to the owner’s', () => {
    const first = composedEtag('"v3"', 'one view')
    const second = composedEtag('"v3"', 'two views')
    expect(first).not.toBe(second)
    expect(ownersEtags(first)).toBe('"v3"')
    expect(ownersEtags(`${first}, ${second}`)).toBe('"v3", "v3"')
    expect(ownersEtags('W/"abc"')).toBe('W/"abc"')
    expect(ownersEtags('*')).toBe('*')
  })

  it('are made without one of the owner too', () => {
    expect(composedEtag(undefined, '{}')).toMatch(/^"~[\w-]{16}"$/)
    expect(composedEtag('W/"x"', '{}')).toMatch(/^W\/"x~[\w-]{16}"$/)
  })
})
