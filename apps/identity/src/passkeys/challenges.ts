import { randomBytes } from 'node:crypto'
import { MINUTE_MS } from '@mpics/contracts/durations'
import { Clock, type OverlappingMac } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Secrets } from '../keys/secrets.js'
import { SpentChallengeRepository } from './spent-challenge.repository.js'

export const CHALLENGE_MS = 5 * MINUTE_MS
/** MongoDB forgets by its own clock. */
const MARGIN_MS = 5 * MINUTE_MS
const [RANDOM_BYTES, TIME_BYTES, MAC_BYTES] = [16, 6, 16]
const SIGNED_BYTES = RANDOM_BYTES + TIME_BYTES

/** To make a passkey for an account, or to use any. */
export type ChallengePurpose = `register:${string}` | 'use'

/**
 * Makes challenges that carry their end and a MAC: strangers who ask for them make nothing be stored. Only one that a genuine
 * passkey has answered is kept, past its end, so that it works once.
 */
@Injectable()
export class Challenges {
  private readonly mac: OverlappingMac

  constructor(
    secrets: Secrets,
    private readonly spent: SpentChallengeRepository,
    private readonly clock: Clock,
  ) {
    this.mac = secrets.macFor('passkey-challenges', MAC_BYTES)
  }

  make(purpose: ChallengePurpose): string {
    const end = Buffer.alloc(TIME_BYTES)
    end.writeUIntBE(this.clock.now().getTime() + CHALLENGE_MS, 0, TIME_BYTES)
    const signed = Buffer.concat([randomBytes(RANDOM_BYTES), end])
    return Buffer.concat([signed, this.mac.make(textOf(purpose, signed))]).toString('base64url')
  }

  isOurs(purpose: ChallengePurpose, challenge: string): boolean {
    const bytes = Buffer.from(challenge, 'base64url')
    if (bytes.length !== SIGNED_BYTES + MAC_BYTES || bytes.toString('base64url') !== challenge) return false
    const signed = bytes.subarray(0, SIGNED_BYTES)
    if (!this.mac.isOurs(textOf(purpose, signed), bytes.subarray(SIGNED_BYTES))) return false
    return this.clock.now().getTime() < endOf(bytes)
  }

  /** Resolves to false when it was spent before. */
  spend(challenge: string): Promise<boolean> {
    return this.spent.insert(challenge, new Date(endOf(Buffer.from(challenge, 'base64url')) + MARGIN_MS))
  }
}

const textOf = (purpose: string, signed: Buffer): Buffer => Buffer.concat([Buffer.from(`${purpose}:`), signed])

const endOf = (bytes: Buffer): number => bytes.readUIntBE(RANDOM_BYTES, TIME_BYTES)
