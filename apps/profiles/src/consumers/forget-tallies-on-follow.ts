import { type Envelope, profiles } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { NoteFollows } from '../follows/note-follows.js'

/** The request forgets at once; this is for a process that died before, and for a replica of an earlier version. */
@EventConsumer()
export class ForgetTalliesOnFollow {
  constructor(private readonly noteFollows: NoteFollows) {}

  @On(profiles.followStarted, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof profiles.followStarted>): Promise<void> {
    await this.noteFollows.execute(data)
  }
}
