import { Injectable } from '@nestjs/common'

/** Tests can set it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date()
  }
}
