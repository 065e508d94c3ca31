import { sign, verify } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { IdentityConfig } from '../config.js'
import type { CheckSignature, Sign } from './consent.js'

const FORM = 'ieee-p1363'

/** Signs consent entries and checks old signatures, so that a dispute can show that nobody altered them. */
@Injectable()
export class ConsentReceipts {
  constructor(private readonly config: IdentityConfig) {}

  readonly sign: Sign = (hash) => {
    const [{ kid, privateKey }] = this.config.IDENTITY_RECEIPT_KEYS
    const signature = sign('sha256', Buffer.from(hash), { key: privateKey, dsaEncoding: FORM }).toString('base64url')
    return { signature, keyId: kid }
  }

  readonly isSigned: CheckSignature = ({ hash, signature, keyId }) => {
    const key = this.config.IDENTITY_RECEIPT_KEYS.find(({ kid }) => kid === keyId)?.publicKey
    return !!key && verify('sha256', Buffer.from(hash), { key, dsaEncoding: FORM }, Buffer.from(signature, 'base64url'))
  }
}
