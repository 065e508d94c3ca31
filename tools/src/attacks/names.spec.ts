import { UserFacingError } from '../environment/user-facing-error.js'
import { titlesOf } from './names.js'

describe('what npm run attacks runs', () => {
  it('is everything, or what is named', () => {
    expect('attack cursors of our own making').toMatch(new RegExp(titlesOf([])))
    expect('attack cursors of our own making').toMatch(new RegExp(titlesOf(['cursors', 'api'])))
    expect('attack cursors of our own making').not.toMatch(new RegExp(titlesOf(['api'])))
  })

  it('is never nothing', () => {
    expect(() => titlesOf(['cursor'])).toThrow(UserFacingError)
    expect(() => titlesOf(['cursor'])).toThrow('The attacks are: reset-race, ')
  })
})
