import { identity } from '@mpics/contracts'
import { Clock, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { PageCookies } from './page-cookies.js'

interface Opened {
  refreshToken?: string | undefined
  browserToken?: string | undefined
}

/** Puts a session that was just opened into the browser’s cookie: no token ever reaches a script. */
@Injectable()
export class PageLogIn {
  constructor(
    private readonly peers: Peers,
    private readonly cookies: PageCookies,
    private readonly clock: Clock,
  ) {}

  async execute({ refreshToken = '', browserToken }: Opened, reply: FastifyReply): Promise<void> {
    const { pageSecret, sharedComputer, expiresAt } = await this.peers
      .call(identity.openPages, { body: { refreshToken } })
      .catch(rethrowUpstreamProblem)
    const seconds = Math.round((Date.parse(expiresAt) - this.clock.now().getTime()) / 1000)
    reply.header('set-cookie', this.cookies.setSession(pageSecret, { sharedComputer, seconds }, browserToken))
  }
}
