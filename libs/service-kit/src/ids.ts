import { randomBytes } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { uuidv7 } from 'uuidv7'

/** Ids and unguessable secrets, injected so that tests can foresee them. */
@Injectable()
export class Ids {
  /** A UUIDv7: sortable by creation, guessable; never a secret. */
  next(): string {
    return uuidv7()
  }

  /** Random bytes as base64url; 16 bytes (128 bits) is the least for anything that grants access. */
  secret(bytes = 32): string {
    return randomBytes(bytes).toString('base64url')
  }
}
