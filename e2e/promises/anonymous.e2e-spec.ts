import { join } from 'node:path'
import { type ApiDefinition, identity, media, profiles } from '@mpics/contracts'
import { publicApis } from '@mpics/contracts/catalogue'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { root } from '@mpics/tools/environment/root'
import { Member, newPerson } from '@mpics/tools/people/member'
import { readTopic } from '@mpics/tools/tour/kcat'
import { filled } from '../driver/filled.js'
import { parts, system } from '../driver/system.js'

/** Lists what may answer somebody without an account who sends nothing but the address. */
function expectedStatuses({ method, path, access, body }: ApiDefinition): number[] {
  if (access !== 'anonymous') return [401]
  if (path.includes('{token}')) return [404, 415, 422]
  if (method === 'GET') return [200]
  // a challenge for a passkey needs no input
  return body === undefined ? [200, 401] : [400, 401, 422]
}

/** Of calls that answer nothing without. */
const QUERIES: Record<string, string> = { getViews: '?page=/', diffPolicies: '?from=2015-03-14&to=2015-03-14' }

describe('somebody without an account', () => {
  const running = system()
  const api = () => parts(running).api

  it('B02.2 a visit is stored as consent by nobody', async () => {
    for (const path of [
      '/',
      '/explore',
      '/policies/privacy',
      '/policies/terms',
      '/help/cookies',
      '/help/counting',
      '/docs',
    ])
      expect((await api().send({ method: 'GET', path })).status).toBe(200)
    for (const definition of publicApis.filter(({ access }) => access === 'anonymous'))
      await api().send({ method: definition.method, path: filled(definition.path) })
    const { kafkaBrokers, kafkaPrefix } = parts(running)
    expect(await readTopic(kafkaBrokers, `${kafkaPrefix}${identity.consentChanged.topic.name}`)).toEqual([])
    expect(await storedConsents()).toEqual([])
  })

  async function storedConsents(): Promise<unknown[]> {
    const { system: started } = running
    const connection = await connectMongo(started.stack.mongodbUri)
    try {
      const { databases } = await connection.db!.admin().listDatabases({ nameOnly: true })
      const prefix = started.prefix.replace(/[^A-Za-z0-9_-]/g, '_')
      const { name } = databases.find((one) => one.name.startsWith(prefix) && one.name.endsWith('identity'))!
      return await connection.getClient().db(name).collection('consents').find().toArray()
    } finally {
      await closeMongo(connection)
    }
  }

  it('B01 pages through photos and photographers', async () => {
    for (const name of ['one', 'two', 'three'])
      await new Member(newPerson(name, `Person ${name}`), api(), parts(running).mailbox).join()
    for (const list of [media.explorePhotos, profiles.listPhotographers])
      expect(await api().call(list, { query: { limit: 1 } })).toHaveProperty('items')
    const seen = new Set<string>()
    let cursor: string | undefined
    do {
      const query = { sort: 'new', limit: 1, cursor } as const
      const { items, nextCursor } = await api().call(profiles.listPhotographers, { query })
      for (const { id } of items) seen.add(id)
      cursor = nextCursor ?? undefined
    } while (cursor)
    expect(seen.size).toBe(3)
  })

  it('B02.1 every answer links to the policy and the terms in force: of each call, page and file, and refusals too', async () => {
    const member = new Member(newPerson('four', 'Person four'), api(), parts(running).mailbox)
    await member.join()
    const id = await member.upload(join(root, 'tools/photographs/rocket.jpg'), { visibility: 'public' })
    await member.published(id)
    const { items } = await api().call(identity.listPolicies, {})
    const link = (document: string, relation: string) => {
      const { version } = items.find((one) => one.document === document)!
      return `</policies/${document}?version=${version}>; rel="${relation}"; title="${version}"`
    }
    const links = `${link('privacy', 'privacy-policy')}, ${link('terms', 'terms-of-service')}`
    // answers with counts link to the rules of counting as well, and lists to their next page
    const linksOf = (header: string | null) => /<\/policies\/privacy.*title="[^"]*"/.exec(header ?? '')?.[0]
    const real = { handle: member.person.handle, id }
    for (const definition of publicApis) {
      const { method, name } = definition
      const path = filled(definition.path, real) + (QUERIES[name] ?? '')
      const body = method === 'GET' || method === 'DELETE' ? undefined : '{}'
      const answer = await api().send({ method, path, body })
      expect({ method, path, status: answer.status, link: linksOf(answer.headers.get('link')) }).toEqual({
        method,
        path,
        status: expectedStatuses(definition).find((status) => status === answer.status),
        link: links,
      })
    }
    const others: [string, string, number][] = [
      ...[
        '/',
        '/explore',
        `/@${real.handle}`,
        `/photos/${id}`,
        '/policies/terms',
        '/help/cookies',
        '/help/counting',
        '/privacy/cookies',
      ].map((path): [string, string, number] => ['GET', path, 200]),
      ['GET', '/docs', 200],
      ['GET', '/openapi.json', 200],
      ['GET', '/robots.txt', 200],
      ['GET', '/assets/site.css', 200],
      ['GET', '/nothing', 404],
      ['GET', '/%ff', 404],
      ['OPTIONS', '/v1/me', 204],
      ['DELETE', '/v1/policies', 405],
      ['GET', `/?${'x'.repeat(10_000)}`, 414],
      ['GET', `/${'x'.repeat(17_000)}`, 414],
    ]
    for (const [method, path, status] of others) {
      const answer = await api().send({ method, path })
      expect([method, path, answer.status, linksOf(answer.headers.get('link'))]).toEqual([method, path, status, links])
    }
  })

  it('B08 may do nothing that needs an account', async () => {
    for (const { method, path, access } of publicApis) {
      if (access === 'anonymous') continue
      const body = method === 'GET' || method === 'DELETE' ? undefined : '{}'
      const answer = await api().send({ method, path: filled(path), body })
      const { code } = answer.body as { code?: string }
      expect({ method, path, status: answer.status, code }).toEqual({
        method,
        path,
        status: 401,
        code: 'unauthenticated',
      })
    }
  })
})
