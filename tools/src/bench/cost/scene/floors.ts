import { randomBytes } from 'node:crypto'
import { analytics as counts, gateway } from '@mpics/contracts'
import type { Service } from '../../../environment/system/services.js'
import { BareServer } from '../../references/bare-server.js'
import { type FloorSystem, groundOf } from '../../references/floor/floor-system.js'

const photo = ['ownerId', 'title', 'description', 'altText', 'tags']
const owners = {
  media: { collection: 'photos', fields: { photo, sight: [] }, hides: true },
  analytics: { collection: 'pages', fields: { total: ['total', 'unique'] } },
} satisfies Partial<Record<Service, object>>

/** The least programs that keep the same promises as the services, with processes as theirs and over the same documents. */
export interface Floors {
  url: string
  counterUrl: string
  rankerUrl: string
  pids: Record<'gateway' | 'profiles' | keyof typeof owners | 'counter' | 'ranker', number>
  stop: () => void
}

export async function startFloors(system: FloorSystem): Promise<Floors> {
  const { brokers, topics, keys, publicKey, privateKey } = await groundOf(system, 'floor')
  const uriOf = (name: Service) => system.services[name].env['MONGODB_URI']
  const owner = (name: keyof typeof owners) =>
    BareServer.start('floor/service', { uri: uriOf(name), ...owners[name], publicKey })
  const ofProfiles = BareServer.start('floor/profile', { uri: uriOf('profiles'), publicKey })
  const [profiles, media, analytics] = await Promise.all([ofProfiles, owner('media'), owner('analytics')])
  const urls = { profiles: profiles.url, media: media.url, analytics: analytics.url }
  const topic = `${topics}${gateway.pageViewRecorded.topic.name}`
  const totals = `${topics}${counts.viewTotalUpdated.topic.name}`
  const key = randomBytes(32).toString('hex')
  const [edge, counter, ranker] = await Promise.all([
    BareServer.start('floor/gateway', { services: urls, keys, privateKey, brokers, topic, key }),
    BareServer.start('floor/counter', { uri: uriOf('analytics'), brokers, topic, totals, key }),
    BareServer.start('floor/ranker', { uri: uriOf('media'), brokers, totals }),
  ])
  const started = { gateway: edge, profiles, media, analytics, counter, ranker }
  return {
    url: edge.url,
    counterUrl: counter.url,
    rankerUrl: ranker.url,
    pids: Object.fromEntries(Object.entries(started).map(([name, { pid }]) => [name, pid])) as Floors['pids'],
    stop: () => Object.values(started).forEach((server) => server.stop()),
  }
}
