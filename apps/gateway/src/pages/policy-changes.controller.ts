import { type ApiAnswer, identity } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Controller, Get, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { PoliciesInForce, type PolicyDocument } from '../policies/policies-in-force.js'
import { type Html, html } from './html.js'
import { languageAttributes, pageLanguageOf, textsIn } from './page-language.js'
import { ShowPage } from './show-page.js'

type Change = ApiAnswer<typeof identity.diffPolicies>['changes'][number]
type Asked = Readonly<Record<string, unknown>>

/** Shows what differs between two versions; without a query, between the newest one and the one before. */
@Controller('/policies')
export class PolicyChangesController {
  constructor(
    private readonly peers: Peers,
    private readonly policies: PoliciesInForce,
    private readonly show: ShowPage,
  ) {}

  @Get('/privacy/changes')
  privacy(@Query() query: Asked, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.changes('privacy', query, request, reply)
  }

  @Get('/terms/changes')
  terms(@Query() query: Asked, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.changes('terms', query, request, reply)
  }

  private async changes(document: PolicyDocument, asked: Asked, request: FastifyRequest, reply: FastifyReply) {
    const language = pageLanguageOf(request)
    const query = { ...this.versionsOf(document, asked), locale: language }
    const diff = await this.peers
      .call(identity.diffPolicies, { params: { document }, query })
      .catch(rethrowUpstreamProblem)
    const { titles, changes } = textsIn(language).policy
    const title = changes.title(titles[document])
    const body = html` <div class="text">
      <h1>${title}</h1>
      <p class="quiet">${changes.about(diff.from, diff.to)}</p>
      <div class="changes" ${languageAttributes(diff.locale)}>${diff.changes.map(marked)}</div>
    </div>`
    await this.show.execute(request, reply, { title, body, language })
  }

  private versionsOf(document: PolicyDocument, { from, to }: Asked): { from: string; to: string } {
    const newest = this.policies.newest(document)
    return { from: textOf(from) ?? newest?.supersedes ?? '-', to: textOf(to) ?? newest?.version ?? '-' }
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function marked({ kind, text }: Change): Html {
  if (kind === 'added') return html`<ins>${text}</ins>`
  return kind === 'removed' ? html`<del>${text}</del>` : html`${text}`
}
