import { identity } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Controller, Get, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import MarkdownIt from 'markdown-it'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { PoliciesInForce, type PolicyDocument } from '../policies/policies-in-force.js'
import { html, Html } from './html.js'
import { languageAttributes, pageLanguageOf, textsIn } from './page-language.js'
import { ShowPage } from './show-page.js'

const markdown = new MarkdownIt({ html: false, linkify: true })

@Controller('/policies')
export class PolicyController {
  constructor(
    private readonly peers: Peers,
    private readonly policies: PoliciesInForce,
    private readonly show: ShowPage,
  ) {}

  @Get('/privacy')
  privacy(@Query('version') version: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.policy('privacy', version, request, reply)
  }

  @Get('/terms')
  terms(@Query('version') version: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.policy('terms', version, request, reply)
  }

  private async policy(document: PolicyDocument, asked: unknown, request: FastifyRequest, reply: FastifyReply) {
    const query = { version: typeof asked === 'string' && asked !== '' ? asked : undefined }
    const { text, summary, version, effectiveAt } = await this.peers
      .call(identity.getPolicy, { params: { document }, query })
      .catch(rethrowUpstreamProblem)
    const language = pageLanguageOf(request)
    const { titles, inForce } = textsIn(language).policy
    const title = titles[document]
    const body = html` <div class="text">
      <p class="quiet">${inForce(title, version, effectiveAt.slice(0, 10))}</p>
      <article ${languageAttributes()}>${new Html(markdown.render(text))}</article>
    </div>`
    const about = {
      description: `Million Pictures: ${title}. ${summary}`,
      path: this.pathOf(document, version),
      translated: true,
    }
    await this.show.execute(request, reply, { title, body, language, about }, `/policies/${document}`)
  }

  private pathOf(document: PolicyDocument, version: string): string {
    const path = `/policies/${document}`
    return version === this.policies.versionOf(document) ? path : `${path}?version=${encodeURIComponent(version)}`
  }
}
