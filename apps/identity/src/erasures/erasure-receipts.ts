import { sign } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { IdentityConfig } from '../config.js'
import type { ErasureReceipt } from './erasure.js'

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Signs receipts as JWS in compact form (RFC 7515), by the keys of the receipts of consents. */
@Injectable()
export class ErasureReceipts {
  constructor(private readonly config: IdentityConfig) {}

  readonly sign = (receipt: ErasureReceipt): string => {
    const [{ kid, privateKey }] = this.config.IDENTITY_RECEIPT_KEYS
    const signed = `${encoded({ alg: 'ES256', typ: 'erasure-receipt', kid })}.${encoded(receipt)}`
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    return `${signed}.${signature.toString('base64url')}`
  }
}
