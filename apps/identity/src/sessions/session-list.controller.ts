import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Clock, Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import type { Session } from './session.js'
import { SessionRepository } from './session.repository.js'

@Controller()
export class SessionListController {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {}

  @Endpoint(identity.listSessions)
  async list(
    @Member() { accountId, sessionId }: MemberIdentity,
    @Input() { query }: ApiInput<typeof identity.listSessions>,
  ): Promise<ApiAnswer<typeof identity.listSessions>> {
    const { items, nextCursor } = await this.sessions.listLive(accountId, query, this.clock.now())
    return { items: items.map((session) => shown(session, sessionId)), nextCursor }
  }
}

const shown = (session: Session, current: string): ApiAnswer<typeof identity.listSessions>['items'][number] => ({
  id: session.id,
  device: session.browser,
  place: session.country,
  openedAt: session.openedAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  sharedComputer: session.sharedComputer,
  current: session.id === current,
})
