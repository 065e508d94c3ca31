import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Overlapping } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { generateSecret, generateURI, verifySync } from 'otplib'
import type { Account } from '../accounts/account.js'
import { Secrets } from '../keys/secrets.js'

const ISSUER = 'Million Pictures'
/** 160 bits, as RFC 4226 §4 recommends. */
const SECRET_BYTES = 20
/** The neighbouring codes count, too: clocks of phones are some seconds off (RFC 6238 §5.2). */
const TOLERANCE_SECONDS = 30
const [IV_BYTES, TAG_BYTES] = [12, 16]

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
    if (open(Buffer.from(sealed, 'base64url'), this.keys[0], accountId) !== null) return null
    const secret = this.opened(sealed, accountId)
    return secret === null ? null : this.seal(secret, accountId)
  }

  seal(secret: string, accountId: string): string {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.keys[0], iv).setAAD(Buffer.from(accountId))
    const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')
  }

  /** Null where the key that sealed it is gone: no code is good then, and the recovery codes are. */
  private opened(sealed: string, accountId: string): string | null {
    const bytes = Buffer.from(sealed, 'base64url')
    for (const key of this.keys) {
      const secret = open(bytes, key, accountId)
      if (secret !== null) return secret
    }
    return null
  }
}

function open(bytes: Buffer, key: Buffer, accountId: string): string | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(accountId)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
