import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { Cluster } from './cluster.js'
import { keyPair, keySet } from './new-keys.js'
import { rotateInCluster } from './rotate-in-cluster.js'

const [DAY, NOW] = [86_400, 1_800_000_000]
const at = (seconds: number) => new Date(seconds * 1000).toISOString()
const key = (kid: string, nbf?: number) => ({ ...keyPair(kid).private, ...(nbf !== undefined && { nbf }) })

/** As much of the API of Kubernetes as the rotation asks for. */
describe('a rotation in a cluster', () => {
  let server: Server
  let stored: {
    metadata: { resourceVersion: string; annotations: Record<string, string> }
    data: { IDENTITY_SIGNING_KEYS: string }
  }
  let pods: { name: string; creationTimestamp: string }[]
  let asked: string[]
  let fails: ((request: string) => number | undefined) | undefined

  beforeEach(async () => {
    const text = keySet([key('first'), key('second', NOW - 31 * DAY)])
    stored = { metadata: { resourceVersion: '1', annotations: {} }, data: { IDENTITY_SIGNING_KEYS: encoded(text) } }
    pods = ['a', 'b'].map((name) => ({ name, creationTimestamp: at(NOW - DAY) }))
    asked = []
    fails = undefined
    server = createServer((request, response) => {
      void answerTo(request).then(([status, body]) => response.writeHead(status).end(JSON.stringify(body)))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  })
  afterEach(() => new Promise((done) => server.close(done)))

  const encoded = (text: string) => Buffer.from(text).toString('base64')
  const keys = () => {
    const set = Buffer.from(stored.data.IDENTITY_SIGNING_KEYS, 'base64').toString()
    return (JSON.parse(set) as { keys: { kid: string; nbf?: number }[] }).keys
  }

  async function answerTo(request: IncomingMessage): Promise<[number, object]> {
    const what = `${request.method} ${request.url}`
    asked.push(what)
    if (request.headers.authorization !== 'Bearer token') return [401, {}]
    const status = fails?.(what)
    if (status) return [status, {}]
    if (what === 'GET /secrets/keys') return [200, stored]
    if (what === 'PATCH /secrets/keys') return patched((await json(request)) as typeof stored)
    if (what.startsWith('GET /pods?')) return [200, { items: pods.map((metadata) => ({ metadata })) }]
    pods = pods.map((pod) =>
      what.includes(`/pods/${pod.name}/`) ? { name: `${pod.name}2`, creationTimestamp: at(NOW + 5) } : pod,
    )
    return [201, {}]
  }

  function patched(change: typeof stored): [number, object] {
    if (change.metadata.resourceVersion !== stored.metadata.resourceVersion) return [409, {}]
    stored = { ...change, metadata: { ...change.metadata, resourceVersion: '2' } }
    return [200, stored]
  }

  const rotate = (now = NOW) => {
    const { port } = server.address() as AddressInfo
    const schedule = { secret: 'keys', seconds: 30 * DAY, ahead: 3600, now, pauseMs: 1 }
    return rotateInCluster(new Cluster(`http://127.0.0.1:${port}`, 'token'), schedule)
  }

  it('makes the next key when the newest is old enough, lets each pod go that does not know it, and then rests', async () => {
    // it begins while the set is written
    pods.push({ name: 'c', creationTimestamp: at(NOW + 2) })
    let no = 2
    fails = (what) => (what.includes('/a/eviction') && no-- > 0 ? 429 : undefined)
    expect(await rotate()).toEqual({ made: true, pods: ['a', 'b', 'c'] })
    expect(keys().map(({ kid, nbf }) => [kid.replace(/access-.*/, 'new'), nbf])).toEqual([
      ['second', NOW - 31 * DAY],
      ['new', NOW + 3600],
    ])
    expect(await rotate(NOW + 29 * DAY)).toEqual({ made: false, pods: [] })
  })

  it('goes on where it failed, with the one key that it made', async () => {
    fails = (what) => (what.includes('/b/eviction') ? 500 : undefined)
    await expect(rotate()).rejects.toThrow('answers 500')
    const before = keys()
    fails = undefined
    expect(await rotate(NOW + 60)).toEqual({ made: false, pods: ['b'] })
    expect(keys()).toEqual(before)
  })

  it('writes over no change of somebody else, and then touches no pod', async () => {
    fails = (what) => {
      if (what.startsWith('PATCH')) stored.metadata.resourceVersion = '7'
      return undefined
    }
    await expect(rotate()).rejects.toThrow('answers 409')
    expect(asked.filter((what) => what.includes('pods'))).toEqual([])
    expect(keys()).toHaveLength(2)
  })
})
