import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { AnswersByKey } from './answers-by-key.js'
import { EndedSessions } from './ended-sessions.js'
import { FormerRoles } from './former-roles.js'
import { MAX_BEHIND_MS } from './is-heard.js'
import { RolesVersions } from './roles-versions.js'
import { SessionCheck } from './session-check.js'
import { type OpenAnswer, WatchedAnswer } from './watched-answer.js'

/** While Kafka is silent identity tells of ended sessions and former roles, when asked. */
const CHECK_MS = 500
/** The next look still comes within what B49 allows. */
const BEHIND_MS = MAX_BEHIND_MS - CHECK_MS

/**
 * Answers that go on for longer than it takes to end a session. Each is ended as soon as this replica knows that its session has ended
 * or its roles have changed, and when nobody can say whether they have: a stream at once, one that would be cut off after some looks.
 */
@Injectable()
export class OpenAnswers implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly bySession = new AnswersByKey()
  private readonly byAccount = new AnswersByKey()
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
    const { sessionId, token } = answer
    const accountId = token?.member.accountId
    const [ofSession, ofRoles] = [new WatchedAnswer(answer), new WatchedAnswer(answer)]
    if (sessionId) this.bySession.add(sessionId, ofSession)
    if (accountId) this.byAccount.add(accountId, ofRoles)
    return () => {
      if (sessionId) this.bySession.remove(sessionId, ofSession)
      if (accountId) this.byAccount.remove(accountId, ofRoles)
    }
  }

  /** An answer may have begun while the news came: nothing had ended it then. */
  private check(): void {
    for (const sessionId of this.bySession.keys()) {
      const hasEnded = this.sessions.hasEnded(sessionId, BEHIND_MS)
      for (const answer of this.bySession.of(sessionId)) answer.learn(hasEnded)
    }
    for (const answer of this.byAccount.all()) answer.learn(this.formerRoles.isOf(answer.token, BEHIND_MS))
  }
}

function endAll(answers: readonly WatchedAnswer[]): void {
  for (const answer of answers) answer.end()
}
