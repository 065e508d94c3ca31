import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { EndedSessions } from '../auth/ended-sessions.js'
import { FormerRoles } from '../auth/former-roles.js'
import { MAX_BEHIND_MS } from '../auth/is-heard.js'
import { RolesVersions } from '../auth/roles-versions.js'
import { SessionCheck } from '../auth/session-check.js'
import { OpenStreams } from './open-streams.js'

/** While Kafka is silent identity tells of ended sessions and former roles, when asked. */
const CHECK_MS = 500
/** The next look still comes within what B49 allows. */
const BEHIND_MS = MAX_BEHIND_MS - CHECK_MS

/** Ends the streams of a session, and those of an account whose roles changed, as soon as this replica knows of its end, or cannot find out whether it has ended. */
@Injectable()
export class EndRevokedStreams implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout

  constructor(
    private readonly streams: OpenStreams,
    private readonly sessions: SessionCheck,
    private readonly formerRoles: FormerRoles,
    ended: EndedSessions,
    roles: RolesVersions,
  ) {
    ended.onAdded((sessionId) => streams.endSession(sessionId))
    roles.onChanged((accountId) => streams.endCaller(accountId))
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.check(), CHECK_MS).unref()
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer)
  }

  /** A stream may have opened while the news came: nothing had ended it then. */
  private check(): void {
    for (const sessionId of this.streams.sessions)
      endIf(this.sessions.hasEnded(sessionId, BEHIND_MS), () => this.streams.endSession(sessionId))
    for (const stream of this.streams.ofMembers)
      endIf(this.formerRoles.isOf(stream.caller.token!, BEHIND_MS), () => stream.end())
  }
}

function endIf(isOver: boolean | Promise<boolean>, end: () => void): void {
  if (isOver === true) end()
  else if (isOver !== false) void isOver.catch(() => true).then((over) => over && end())
}
