import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import type { VerifiedToken } from './access-token.js'
import { ByKey } from './by-key.js'
import { EndedSessions } from './ended-sessions.js'
import { FormerRoles } from './former-roles.js'
import { MAX_BEHIND_MS } from './is-heard.js'
import { RolesVersions } from './roles-versions.js'
import { SessionCheck } from './session-check.js'

/** While Kafka is silent identity tells of ended sessions and former roles, when asked. */
const CHECK_MS = 500
/** The next look still comes within what B49 allows. */
const BEHIND_MS = MAX_BEHIND_MS - CHECK_MS

export interface OpenAnswer {
  readonly sessionId?: string | undefined
  /** Of a caller whose roles opened it. */
  readonly token?: VerifiedToken | undefined
  readonly end: () => void
}

/**
 * Answers that go on for longer than it takes to end a session. Each is ended as soon as this replica knows that its session has ended
 * or its roles have changed, or cannot find out whether they have.
 */
@Injectable()
export class OpenAnswers implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly bySession = new ByKey<OpenAnswer>()
  private readonly byAccount = new ByKey<OpenAnswer & { readonly token: VerifiedToken }>()
  private timer?: NodeJS.Timeout

  constructor(
    private readonly sessions: SessionCheck,
    private readonly formerRoles: FormerRoles,
    ended: EndedSessions,
    roles: RolesVersions,
  ) {
    ended.onAdded((sessionId) => endAll(this.bySession.of(sessionId)))
    roles.onChanged((accountId) => endAll(this.byAccount.of(accountId)))
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.check(), CHECK_MS).unref()
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer)
  }

  /** What this returns is to be called when the answer is over. */
  watch(answer: OpenAnswer): () => void {
    const { sessionId, token, end } = answer
    const ofRoles = token && { token, end }
    if (sessionId) this.bySession.add(sessionId, answer)
    if (ofRoles) this.byAccount.add(token.member.accountId, ofRoles)
    return () => {
      if (sessionId) this.bySession.remove(sessionId, answer)
      if (ofRoles) this.byAccount.remove(token.member.accountId, ofRoles)
    }
  }

  /** An answer may have begun while the news came: nothing had ended it then. */
  private check(): void {
    for (const sessionId of this.bySession.keys())
      endIf(this.sessions.hasEnded(sessionId, BEHIND_MS), () => endAll(this.bySession.of(sessionId)))
    for (const { token, end } of this.byAccount.all()) endIf(this.formerRoles.isOf(token, BEHIND_MS), end)
  }
}

function endAll(answers: readonly OpenAnswer[]): void {
  for (const { end } of answers) end()
}

function endIf(isOver: boolean | Promise<boolean>, end: () => void): void {
  if (isOver === true) end()
  else if (isOver !== false) void isOver.catch(() => true).then((over) => over && end())
}
