import { domainErrorOf, isFault } from '../problems/domain-error-of.js'
import { PeerError } from './peer.errors.js'

const refused = (status: number, code: string) =>
  new PeerError({ service: 'media', name: 'getPhoto', problems: ['media.photo-not-found'] }, status, code, '')

describe('a refusal of another service that nobody handles', () => {
  it.each([
    ['is passed on when the call announces it', refused(404, 'media.photo-not-found'), 'not-found', false],
    ['is passed on when what somebody sent is too long', refused(431, 'unknown'), 'headers-too-large', false],
    ['is ours when we made the input', refused(422, 'input-invalid'), 'unavailable', true],
    ['is ours when there is no such call', refused(404, 'not-found'), 'unavailable', true],
    ['is ours when we may not call', refused(403, 'forbidden'), 'unavailable', true],
  ])('%s', (_, error, code, isLogged) => {
    expect([domainErrorOf(error)?.code, isFault(error)]).toEqual([code, isLogged])
  })
})
