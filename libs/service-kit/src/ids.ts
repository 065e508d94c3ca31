import { randomBytes, randomUUID } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { uuidv7 } from 'uuidv7'
import { currentIdForRequest } from './logging/request-context.js'

/** Ids and unguessable secrets; tests can foresee them. */
@Injectable()
export class Ids {
  /** A UUIDv7: sortable by creation, guessable; never a secret. */
  next(): string {
    return uuidv7()
  }

  /** A UUIDv4, for what is not to say when it was made. */
  random(): string {
    return randomUUID()
  }

  /** The id of the one thing that a request makes: a repeat gets the same, and finds what an unfinished attempt left behind. */
  idForRequest(): string {
    return currentIdForRequest() ?? this.next()
  }

  /** Random bytes as base64url; a grant of access needs at least 16 bytes (128 bits). */
  secret(bytes = 32): string {
    return randomBytes(bytes).toString('base64url')
  }
}
