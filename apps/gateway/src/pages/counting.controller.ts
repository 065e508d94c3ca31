import { analytics } from '@mpics/contracts'
import { Controller, Get, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { countingHelp } from './counting-help.js'
import { ShowPage } from './show-page.js'

const { page } = analytics.countingRules
const about = {
  description:
    'What counts as a view of a page, what does not and why, and how people are counted without being known.',
  path: page,
}

@Controller()
export class CountingController {
  constructor(private readonly show: ShowPage) {}

  @Get('/help/counting')
  help(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.show.execute(request, reply, { title: 'How views are counted', body: countingHelp, about }, page)
  }
}
