import { DomainError, identity } from '@mpics/contracts'
import { on, type TestPeer, type TestService } from '@mpics/testing'
import { gateway, others } from './setup/gateway.js'

class UnknownError extends DomainError {
  readonly code = 'identity.passkey-unknown'
  readonly kind = 'unauthenticated'
}
const GOOD = {
  id: 'cGFzc2tleQ',
  rawId: 'cGFzc2tleQ',
  type: 'public-key',
  response: { clientDataJSON: 'e30', authenticatorData: 'e30', signature: 'e30' },
}

describe('a form with what a browser made of a passkey', () => {
  let peers: TestPeer
  let service: TestService
  beforeAll(async () => {
    const unknown = on(identity.logInWithPasskey, () => {
      throw new UnknownError('Nobody has this passkey.')
    })
    peers = await others(unknown)
    service = await gateway(peers.url)
  })
  afterAll(() => Promise.all([service.stop(), peers.stop()]))

  async function sent(passkey: string) {
    const asked = await fetch(new URL('/log-in', service.url), { headers: { accept: 'text/html' } })
    const form = /name="form" value="(\w+)"/.exec(await asked.text())![1]!
    const cookie = asked.headers.getSetCookie()[0]!.split(';')[0]!
    const answer = await fetch(new URL('/log-in/passkey', service.url), {
      method: 'POST',
      headers: { accept: 'text/html', 'sec-fetch-site': 'same-origin', cookie },
      body: new URLSearchParams({ form, passkey }),
    })
    return { status: answer.status, tells: (await answer.text()).includes('data-signal="signalUnknownCredential"') }
  }

  it('tells the browser which one is known no more', async () => {
    expect(await sent(JSON.stringify(GOOD))).toEqual({ status: 422, tells: true })
  })

  it.each([
    ['an id that is no text', JSON.stringify({ ...GOOD, id: { toString: 1, valueOf: 1 } })],
    ['members nested without end', `{"id":${'['.repeat(900)}${']'.repeat(900)}}`],
    [
      'extensions nested without end',
      JSON.stringify(GOOD).replace(/}$/, `,"clientExtensionResults":${'{"a":'.repeat(250)}1${'}'.repeat(250)}}`),
    ],
    ['no JSON', '{'],
  ])('is refused with %s', async (_, passkey) => {
    expect(await sent(passkey)).toEqual({ status: 422, tells: false })
  })
})
