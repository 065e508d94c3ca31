import { type Envelope, profiles } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { NoteFollows } from '../follows/note-follows.js'

/**
 * The request forgets at once; this is for a process that died before, and for a replica of an earlier version. It only changes documents
 * that are there, so it brings nobody back.
 */
@EventConsumer()
export class ForgetTalliesOnFollow {
  constructor(private readonly noteFollows: NoteFollows) {}

  @On(profiles.followStarted, { idempotence: 'natural', ofErased: true })
  async handle({ data }: Envelope<typeof profiles.followStarted>): Promise<void> {
    await this.noteFollows.execute(data)
  }
}
