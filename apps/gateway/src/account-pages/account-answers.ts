import { Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { FORM_FIELD, FormTokens } from '../page-sessions/form-tokens.js'
import { type Html, html } from '../pages/html.js'
import type { PageContent } from '../pages/layout.js'
import { sessionPageHeaders } from '../pages/page-headers.js'
import { languageQuery, pageLanguageOf } from '../pages/page-language.js'
import { ShowPage } from '../pages/show-page.js'

/** Answers with a page that no cache keeps, or leads on, in the language of the request. */
@Injectable()
export class AccountAnswers {
  constructor(
    private readonly page: ShowPage,
    private readonly tokens: FormTokens,
  ) {}

  show(request: FastifyRequest, reply: FastifyReply, content: PageContent): Promise<void> {
    const headers = { ...sessionPageHeaders, ...content.headers }
    return this.page.execute(request, reply, { ...content, language: pageLanguageOf(request), headers })
  }

  /** After a form, so that neither “reload” nor “back” sends it again. */
  async goTo(request: FastifyRequest, reply: FastifyReply, path: string): Promise<void> {
    await reply.header('cache-control', 'private, no-store').redirect(addressIn(request, path), 303)
  }

  form(request: FastifyRequest, reply: FastifyReply, action: string, inside: Html, attributes?: Html): Html {
    return html`<form method="post" action="${addressIn(request, action)}" ${attributes}>
      <input type="hidden" name="${FORM_FIELD}" value="${this.tokens.tokenFor(request, reply)}" />
      ${inside}
    </form>`
  }
}

export function addressIn(request: FastifyRequest, path: string): string {
  const query = languageQuery(pageLanguageOf(request))
  return path.includes('?') ? path + query.replace('?', '&') : path + query
}
