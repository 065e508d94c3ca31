import { type ApiAnswer, DEFAULT_LANGUAGE, identity, type Language } from '@mpics/contracts'
import { Clock, Peers } from '@mpics/service-kit'
import { Controller, Get, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import MarkdownIt from 'markdown-it'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { PoliciesInForce, type PolicyDocument } from '../policies/policies-in-force.js'
import { html, Html } from './html.js'
import { languageAttributes, pageLanguageOf, textsIn } from './page-language.js'
import { changesPath } from './policy-paths.js'
import { ShowPage } from './show-page.js'

type Policy = ApiAnswer<typeof identity.getPolicy>

/** HTML in it is text, addresses of scripts are no links, and pictures would tell other sites who reads. */
const markdown = new MarkdownIt({ html: false, linkify: true }).disable('image')

@Controller('/policies')
export class PolicyController {
  constructor(
    private readonly peers: Peers,
    private readonly policies: PoliciesInForce,
    private readonly show: ShowPage,
    private readonly clock: Clock,
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
    const language = pageLanguageOf(request)
    const policy = await this.read(document, typeof asked === 'string' && asked !== '' ? asked : undefined, language)
    const title = textsIn(language).policy.titles[document]
    const body = html` <div class="text">
      <p class="quiet">${this.about(policy, language)}</p>
      <article ${languageAttributes(policy.locale)}>${new Html(markdown.render(policy.text))}</article>
    </div>`
    const about = {
      description: `Million Pictures: ${title}. ${policy.summary}`,
      path: this.pathOf(document, policy.version),
      translated: true,
    }
    await this.show.execute(request, reply, { title, body, language, about }, `/policies/${document}`)
  }

  private read(document: PolicyDocument, version: string | undefined, language: Language): Promise<Policy> {
    const query = { version, ...(language !== DEFAULT_LANGUAGE && { locale: language }) }
    return this.peers.call(identity.getPolicy, { params: { document }, query }).catch(rethrowUpstreamProblem)
  }

  private about({ document, version, effectiveAt, locale, supersedes }: Policy, language: Language): Html {
    const { titles, inForce, from, otherLanguage, changes } = textsIn(language).policy
    const say = Date.parse(effectiveAt) > this.clock.now().getTime() ? from : inForce
    const title = locale === language ? titles[document] : `${titles[document]} ${otherLanguage}`
    const path = supersedes && changesPath(document, { from: supersedes, to: version }, language)
    return html`${say(title, version, effectiveAt.slice(0, 10))} ${path && html`<a href="${path}">${changes.link}</a>`}`
  }

  private pathOf(document: PolicyDocument, version: string): string {
    const path = `/policies/${document}`
    return version === this.policies.versionOf(document) ? path : `${path}?version=${encodeURIComponent(version)}`
  }
}
