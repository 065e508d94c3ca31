import { sign, verify } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { IdentityConfig } from '../config.js'
import type { CheckSignature, Sign } from './ledger-entry.js'

const FORM = 'ieee-p1363'

/** Signs entries of ledgers and checks old signatures, so that a dispute can show that nobody altered them. */
@Injectable()
export class LedgerSignatures {
  constructor(private readonly config: IdentityConfig) {}

  readonly sign: Sign = (hash) => {
    const [{ kid, privateKey }] = this.config.IDENTITY_RECEIPT_KEYS
    const signature = sign('sha256', Buffer.from(hash), { key: privateKey, dsaEncoding: FORM }).toString('base64url')
    return { signature, keyId: kid }
  }

  /** Decoding passes over foreign characters: only the one spelling that was made counts. */
  readonly isSigned: CheckSignature = ({ hash, signature, keyId }) => {
    const key = this.config.IDENTITY_RECEIPT_KEYS.find(({ kid }) => kid === keyId)?.publicKey
    const bytes = Buffer.from(signature, 'base64url')
    if (!key || bytes.toString('base64url') !== signature) return false
    return verify('sha256', Buffer.from(hash), { key, dsaEncoding: FORM }, bytes)
  }
}
