import type { Overlapping } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { generateSecret, generateURI, verifySync } from 'otplib'
import type { Account } from '../accounts/account.js'
import { openText, sealText } from '../keys/sealed-text.js'
import { Secrets } from '../keys/secrets.js'

const ISSUER = 'Million Pictures'
/** 160 bits, as RFC 4226 §4 recommends. */
const SECRET_BYTES = 20
/** The neighbouring codes count, too: clocks of phones are some seconds off (RFC 6238 §5.2). */
const TOLERANCE_SECONDS = 30

export const isTotpCode = (text: string): boolean => /^\d{6}$/.test(text)

/** The secrets of authenticator apps, sealed with AES-256-GCM for their account, and the codes that they make. */
@Injectable()
export class TotpCodes {
  private readonly keys: Overlapping<Buffer>

  constructor(secrets: Secrets) {
    this.keys = secrets.keysFor('totp-secrets')
  }

  newSecret(): string {
    return generateSecret({ length: SECRET_BYTES })
  }

  uri(secret: string, handle: string): string {
    return generateURI({ issuer: ISSUER, label: handle, secret })
  }

  /** The time step of a code, and the secret sealed by the first key; null for a wrong code. */
  read({ id, factors }: Account, code: string, now: Date): { step: number; sealed: string } | null {
    const secret = factors.totp && isTotpCode(code) ? this.opened(factors.totp.secret, id) : null
    if (secret === null) return null
    const epoch = Math.floor(now.getTime() / 1000)
    const result = verifySync({ secret, token: code, epoch, epochTolerance: TOLERANCE_SECONDS })
    return result.valid && 'timeStep' in result ? { step: result.timeStep, sealed: this.seal(secret, id) } : null
  }

  /** Secrets of before are accepted, too. */
  get areRotating(): boolean {
    return this.keys.length > 1
  }

  /** Null where the first key sealed it, and where no key opens it. */
  sealedAnew(sealed: string, accountId: string): string | null {
    if (openText(sealed, [this.keys[0]], accountId) !== null) return null
    const secret = this.opened(sealed, accountId)
    return secret === null ? null : this.seal(secret, accountId)
  }

  seal(secret: string, accountId: string): string {
    return sealText(secret, this.keys, accountId)
  }

  /** Null where the key that sealed it is gone: no code is good then, and the recovery codes are. */
  private opened(sealed: string, accountId: string): string | null {
    return openText(sealed, this.keys, accountId)
  }
}
