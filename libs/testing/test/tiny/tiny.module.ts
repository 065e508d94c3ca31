import type { ApiInput } from '@mpics/contracts'
import { Controller, Get, Injectable, Logger, Module } from '@nestjs/common'
import {
  commonConfig,
  defineConfig,
  Endpoint,
  Ids,
  Input,
  Member,
  peerUrlsOf,
  ServiceKitModule,
} from '@mpics/service-kit'
import type { MemberIdentity } from '@mpics/service-kit'
import { addNote, countNotes, NotesFullError, purgeNotes, readNote, suggestNote } from './api.js'

export class ProfilesConfig extends defineConfig({ ...commonConfig, MEDIA_URL: peerUrlsOf('gateway').MEDIA_URL }) {}

/** Opened by a test to let slow calls go on. */
@Injectable()
export class Gate {
  waiting = 0
  runs = 0
  private open: (() => void)[] = []

  pass(): Promise<void> {
    this.waiting++
    return new Promise((resolve) => this.open.push(resolve))
  }

  release(): void {
    for (const resolve of this.open.splice(0)) resolve()
  }
}

@Controller()
class NotesController {
  private readonly notes = new Map<string, string>()
  private readonly logger = new Logger('Notes')

  constructor(
    private readonly ids: Ids,
    private readonly gate: Gate,
  ) {}

  @Endpoint(addNote)
  async add(@Input() { body }: ApiInput<typeof addNote>, @Member() member: MemberIdentity) {
    this.gate.runs++
    if (this.notes.size >= 1000 || body.text === 'one too many') throw new NotesFullError()
    if (body.kind === 'slow') await this.gate.pass()
    if (body.kind === 'broken') throw new Error(`cannot write ${body.text} of ${member.accountId}`)
    const id = this.ids.idForRequest()
    this.logger.log({ msg: 'note added', email: 'somebody@people.example', noteId: id })
    this.notes.set(id, body.text)
    return { id, text: body.text }
  }

  @Endpoint(suggestNote)
  suggest(@Input() { body }: ApiInput<typeof suggestNote>) {
    this.gate.runs++
    return { id: this.ids.idForRequest(), text: body.text }
  }

  @Endpoint(readNote)
  read(@Input() { params, query }: ApiInput<typeof readNote>) {
    return { id: params.id, text: (this.notes.get(params.id) ?? 'nothing').slice(0, query.length) }
  }

  @Endpoint(purgeNotes)
  purge(): void {
    this.notes.clear()
  }

  @Get('/v1/oversight')
  all() {
    return [...this.notes]
  }

  @Endpoint(countNotes)
  count() {
    return { count: this.notes.size }
  }
}

@Module({
  imports: [ServiceKitModule.forRoot(ProfilesConfig, { consumers: [] })],
  controllers: [NotesController],
  providers: [Gate],
})
export class TinyModule {}
