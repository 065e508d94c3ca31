import { randomBytes } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { uuidv7 } from 'uuidv7'
import { currentIdForRequest } from './logging/request-context.js'

/** Ids and unguessable secrets, injected so that tests can foresee them. */
@Injectable()
export class Ids {
  /** A UUIDv7: sortable by creation, guessable; never a secret. */
  next(): string {
    return uuidv7()
  }

  /**
   * The id of the one thing that a request makes: the same when the request is carried out again under its Idempotency-Key, so
   * that what an attempt left behind, which died before it could answer, is found.
   */
  idForRequest(): string {
    return currentIdForRequest() ?? this.next()
  }

  /** Random bytes as base64url; 16 bytes (128 bits) is the least for anything that grants access. */
  secret(bytes = 32): string {
    return randomBytes(bytes).toString('base64url')
  }
}
