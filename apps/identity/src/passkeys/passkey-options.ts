import type { ApiAnswer, identity } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { CHALLENGE_MS, Challenges } from './challenges.js'
import { RelyingParty } from './relying-party.js'

/** EdDSA, ES256 and RS256 (COSE): each authenticator knows one of them. */
export const ALGORITHMS = [-8, -7, -257] as const
const TYPE = 'public-key' as const

@Injectable()
export class PasskeyOptions {
  constructor(
    private readonly site: RelyingParty,
    private readonly challenges: Challenges,
  ) {}

  toUse(): ApiAnswer<typeof identity.beginPasskeyLogIn> {
    return {
      challenge: this.challenges.make('use'),
      rpId: this.site.id,
      timeout: CHALLENGE_MS,
      userVerification: 'required',
    }
  }

  /** Discoverable, so that a log-in needs no name; verified, so that it is two factors. No attestation: any maker will do. */
  toMake({ id, handle, factors }: Account, userHandle: string): ApiAnswer<typeof identity.beginPasskey> {
    return {
      rp: { id: this.site.id, name: this.site.name },
      user: { id: userHandle, name: handle, displayName: handle },
      challenge: this.challenges.make(`register:${id}`),
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: TYPE, alg })),
      timeout: CHALLENGE_MS,
      excludeCredentials: factors.passkeys.map((known) => ({
        id: known.id,
        type: TYPE,
        transports: [...known.transports],
      })),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
    }
  }
}
