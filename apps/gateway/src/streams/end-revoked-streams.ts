import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { EndedSessions } from '../auth/ended-sessions.js'
import { RolesVersions } from '../auth/roles-versions.js'
import { SessionCheck } from '../auth/session-check.js'
import { OpenStreams } from './open-streams.js'

/** While Kafka is silent identity tells of ended sessions, when asked; B49 allows two seconds. */
const CHECK_MS = 1_000

/** Ends the streams of a session, and those of an account whose roles changed, as soon as this replica knows of its end, or cannot find out whether it has ended. */
@Injectable()
export class EndRevokedStreams implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout

  constructor(
    private readonly streams: OpenStreams,
    private readonly sessions: SessionCheck,
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

  private check(): void {
    for (const sessionId of this.streams.sessions) {
      const hasEnded = this.sessions.hasEnded(sessionId)
      if (hasEnded === true) this.streams.endSession(sessionId)
      else if (hasEnded !== false) void this.endUnless(hasEnded, sessionId)
    }
  }

  private async endUnless(hasEnded: Promise<boolean>, sessionId: string): Promise<void> {
    if (await hasEnded.catch(() => true)) this.streams.endSession(sessionId)
  }
}
