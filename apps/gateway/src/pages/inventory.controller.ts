import { type ApiAnswer, type DataCategory, identity, type Language } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Controller, Get, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { type Html, html } from './html.js'
import { languageAttributes, pageLanguageOf } from './page-language.js'
import { privacyTextsIn } from './privacy-texts.js'
import { ShowPage } from './show-page.js'

type Inventory = ApiAnswer<typeof identity.getInventory>
type Item = Inventory['items'][number]

const PATH = '/privacy/inventory'

@Controller()
export class InventoryController {
  constructor(
    private readonly peers: Peers,
    private readonly show: ShowPage,
  ) {}

  @Get('/privacy/inventory')
  async inventory(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const inventory = await this.peers.call(identity.getInventory, {}).catch(rethrowUpstreamProblem)
    const language = pageLanguageOf(request)
    const { title, about } = privacyTextsIn(language).inventory
    const body = bodyOf(inventory, language)
    const page = { title, body, language, about: { description: about, path: PATH, translated: true } }
    await this.show.execute(request, reply, page, PATH)
  }
}

function bodyOf({ items, thirdParties }: Inventory, language: Language): Html {
  const { inventory: texts } = privacyTextsIn(language)
  const byCategory = Map.groupBy(items, ({ category }) => category)
  return html`<h1>${texts.title}</h1>
    <p class="lead">${texts.lead}</p>
    <p>${thirdParties.length === 0 ? texts.thirdParties : thirdParties.join(', ')} ${texts.language}</p>
    ${[...byCategory].map(([category, inside]) => section(category, inside, language))}`
}

function section(category: string, items: readonly Item[], language: Language): Html {
  const { categories, inventory } = privacyTextsIn(language)
  const { name, text } = categories[category as DataCategory] ?? { name: category, text: '' }
  return html`<h2>${name}</h2>
    <p>${text}</p>
    <div class="scroll" tabindex="0" role="region" aria-label="${name}">
      <table>
        <thead>
          <tr>
            ${Object.values(inventory.columns).map((column) => html`<th scope="col">${column}</th> `)}
          </tr>
        </thead>
        <tbody ${languageAttributes()}>
          ${items.map((item) => row(item, language))}
        </tbody>
      </table>
    </div>`
}

const row = ({ where, about, retention, recipients, purpose, fields }: Item, language: Language): Html =>
  html`<tr>
    <th scope="row">${where}</th>
    <td>${about}</td>
    <td>${retention}</td>
    <td>${recipients.join(', ')}</td>
    <td>
      <details>
        <summary ${languageAttributes(language)}>
          ${privacyTextsIn(language).inventory.fields(fields.length, purpose)}
        </summary>
        <ul>
          ${fields.map(
            ({ name, classification, description }) =>
              html`<li><code>${name}</code> (${classification}${description && html`: ${description}`})</li> `,
          )}
        </ul>
      </details>
    </td>
  </tr> `
