import type { ApiInput, identity } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Passkey } from '../accounts/factors.js'
import { type ChallengePurpose, Challenges } from './challenges.js'
import type { PasskeyUse } from './passkey.js'
import { PasskeyRefusedError } from './passkey.errors.js'
import { ALGORITHMS } from './passkey-options.js'
import { RelyingParty } from './relying-party.js'

export type Attestation = ApiInput<typeof identity.addPasskey>['body']['passkey']
export type Assertion = NonNullable<identity.Evidence['passkey']>
export type MadePasskey = Omit<Passkey, 'name' | 'addedAt' | 'lastUsedAt'>

/** Loaded for the first passkey: it takes several megabytes, and a replica may never see one. */
const library = () => import('@simplewebauthn/server')

/** Checks what authenticators sign: for this site, after they verified the person, with a challenge that works once. */
@Injectable()
export class VerifyPasskey {
  constructor(
    private readonly site: RelyingParty,
    private readonly challenges: Challenges,
  ) {}

  async made(attestation: Attestation, accountId: string): Promise<MadePasskey> {
    const { verifyRegistrationResponse } = await library()
    const { registrationInfo: made } = await verified(() =>
      verifyRegistrationResponse({
        ...this.expected(`register:${accountId}`),
        response: responseOf(attestation) as RegistrationResponseJSON,
        supportedAlgorithmIDs: [...ALGORITHMS],
      }),
    )
    if (!made || !(await this.challenges.spend(challengeOf(attestation)))) throw new PasskeyRefusedError()
    const { id, publicKey, counter } = made.credential
    const about = { transports: attestation.response.transports ?? [], backedUp: made.credentialBackedUp }
    return { id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, ...about, aaguid: made.aaguid }
  }

  async used(assertion: Assertion, { id, publicKey, counter }: Passkey): Promise<PasskeyUse> {
    const { verifyAuthenticationResponse } = await library()
    const { authenticationInfo: used } = await verified(() =>
      verifyAuthenticationResponse({
        ...this.expected('use'),
        response: responseOf(assertion) as AuthenticationResponseJSON,
        credential: { id, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter },
      }),
    )
    if (!(await this.challenges.spend(challengeOf(assertion)))) throw new PasskeyRefusedError()
    return { id, counter: used.newCounter, backedUp: used.credentialBackedUp }
  }

  private expected(purpose: ChallengePurpose) {
    return {
      expectedChallenge: (challenge: string) => this.challenges.isOurs(purpose, challenge),
      expectedOrigin: this.site.origin,
      expectedRPID: this.site.id,
      requireUserVerification: true,
    }
  }
}

/** The library throws at whatever a stranger sent wrongly. */
async function verified<T extends { verified: boolean }>(verify: () => Promise<T>): Promise<T> {
  const result = await verify().catch(() => undefined)
  if (!result?.verified) throw new PasskeyRefusedError()
  return result
}

/** What a browser adds of its own is not looked at. */
const responseOf = ({ id, rawId, type, response }: Attestation | Assertion): object => ({
  id,
  rawId,
  type,
  response,
  clientExtensionResults: {},
})

/** Of a response that was verified. */
function challengeOf({ response }: Attestation | Assertion): string {
  const data = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString('utf8')) as { challenge: string }
  return data.challenge
}
