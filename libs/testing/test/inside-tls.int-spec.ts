import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { InsideTls, Metrics, Peers, PeerUnavailableError } from '@mpics/service-kit'
import {
  Authority,
  eventually,
  type IssuedFiles,
  keys,
  on,
  peer,
  type TestService,
  testService,
  tlsFront,
} from '../src/index.js'
import { countNotes } from './tiny/api.js'
import { ProfilesConfig, TinyModule } from './tiny/tiny.module.js'

const folder = mkdtempSync(join(tmpdir(), 'mpics-tls-'))
const at = (name: string) => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true }))

/** Calls as analytics does, with a certificate or without. */
class Caller {
  private constructor(
    private readonly peers: Peers,
    private readonly tls: InsideTls,
  ) {}

  static of(url: string, files: Partial<IssuedFiles> = {}): Caller {
    const tls = new InsideTls(files)
    tls.onModuleInit()
    return new Caller(new Peers({ PROFILES_URL: url } as never, keys().tokensOf('analytics'), tls), tls)
  }

  count = () => this.peers.call(countNotes)

  refusal = () =>
    this.count().then(
      () => 'answered',
      (error: unknown) =>
        error instanceof PeerUnavailableError ? String((error.cause as { code?: string }).code) : String(error),
    )

  async close() {
    this.tls.onApplicationShutdown()
    await this.peers.onApplicationShutdown()
  }
}

describe('TLS between services', () => {
  const inside = Authority.make(at('inside'))
  const elsewhere = Authority.make(at('elsewhere'))
  let service: TestService
  let callers: Caller[] = []
  const caller = (files?: Partial<IssuedFiles>, url = service.url) => {
    callers.push(Caller.of(url, files))
    return callers.at(-1)!
  }

  beforeAll(async () => {
    service = await testService(TinyModule, ProfilesConfig, { environment: inside.issue(at('profiles')) })
  })
  afterEach(async () => {
    await Promise.all(callers.map((one) => one.close()))
    callers = []
  })
  afterAll(() => service.stop())

  const shown = () =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1', { rejectUnauthorized: false }, () => {
        resolve(socket.getPeerX509Certificate()!.fingerprint256)
        socket.destroy()
      }).on('error', reject)
    })
  const refused = async () =>
    (await service.get(Metrics).registry.getSingleMetric('tls_refused_total')!.get()).values[0]!.value
  const fingerprint = () => new X509Certificate(readFileSync(join(at('profiles'), 'tls.crt'))).fingerprint256

  it('answers whoever has a certificate of the authority inside', async () => {
    expect(service.url).toMatch(/^https:/)
    expect(await caller(inside.issue(at('analytics'))).count()).toEqual({ count: 0 })
  })

  it.each<[string, () => Partial<IssuedFiles>]>([
    ['no certificate', () => ({})],
    [
      'a certificate of another authority',
      () => ({ ...elsewhere.issue(at('stranger')), INTERNAL_TLS_CA_FILE: at('inside/ca.crt') }),
    ],
  ])('refuses a caller with %s, and counts it', async (_, files) => {
    const before = await refused()
    expect(await caller(files()).refusal()).toMatch(/^(ERR_SSL|ECONNRESET|UND_ERR_SOCKET|UNABLE|SELF_SIGNED)/)
    await eventually(async () => (await refused()) > before)
  })

  it('refuses plaintext', async () => {
    expect(await caller({}, service.url.replace('https:', 'http:')).refusal()).toMatch(/^(UND_ERR_SOCKET|ECONNRESET)/)
  })

  it('calls nobody who speaks plaintext, or whose certificate is of another authority or for another name', async () => {
    const plain = await peer(on(countNotes, () => ({ count: 1 })))
    const files = inside.issue(at('analytics'))
    expect(await caller(files, plain.url.replace('http:', 'https:')).refusal()).toMatch(/^(ERR_SSL|EPROTO|ECONNRESET)/)
    expect(plain.calls(countNotes)).toEqual([])
    await plain.stop()
    const distrusting = { ...files, INTERNAL_TLS_CA_FILE: at('elsewhere/ca.crt') }
    expect(await caller(distrusting).refusal()).toMatch(/^(UNABLE|SELF_SIGNED)/)
    const misnamed = await tlsFront(1, inside.issue(at('misnamed'), 'DNS:elsewhere'))
    expect(await caller(files, `https://127.0.0.1:${misnamed.port}`).refusal()).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
    await misnamed.stop()
  })

  it('keeps a connection for a minute, so that none outlives its certificate for long', async () => {
    const connections: TLSSocket[] = []
    service.app.getHttpServer().on('secureConnection', (socket: TLSSocket) => connections.push(socket))
    const steady = caller(inside.issue(at('analytics')))
    await steady.count()
    const former = [...connections]
    expect(former).toMatchObject([{ destroyed: false }])
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000)
    await steady.count()
    clock.mockRestore()
    await eventually(() => former.every(({ destroyed }) => destroyed))
  })

  it('follows the files without a restart, on both sides, and keeps the former ones while these are half written', async () => {
    const renewing = caller(inside.issue(at('analytics')))
    const former = caller(inside.issue(at('former')))
    const key = readFileSync(join(at('profiles'), 'tls.key'))
    writeFileSync(join(at('profiles'), 'tls.key'), key.subarray(0, 40))
    service.get(InsideTls).look()
    expect(await caller(inside.issue(at('another'))).count()).toEqual({ count: 0 })

    writeFileSync(join(at('profiles'), 'tls.key'), key)
    const certificate = readFileSync(join(at('profiles'), 'tls.crt'), 'utf8')
    writeFileSync(join(at('profiles'), 'tls.crt'), certificate + certificate.slice(0, 100))
    service.get(InsideTls).look()
    expect(await caller(inside.issue(at('more'))).count()).toEqual({ count: 0 })

    const next = Authority.make(at('next'))
    next.issue(at('profiles'))
    await eventually(async () => (await shown()) === fingerprint())
    for (const one of [former, renewing]) expect(await one.refusal()).not.toBe('answered')
    next.issue(at('analytics'))
    await eventually(() => renewing.count())
  })

  it('trusts two authorities while one takes over from the other', async () => {
    const [former, next] = [Authority.make(at('a')), Authority.make(at('b'))]
    const both = former.ca + next.ca
    for (const [authority, name] of [
      [former, 'profiles'],
      [next, 'analytics'],
    ] as const) {
      authority.issue(at(name))
      writeFileSync(join(at(name), 'ca.crt'), both)
    }
    await eventually(async () => (await shown()) === fingerprint())
    const files = ['ca.crt', 'tls.crt', 'tls.key'].map((name) => join(at('analytics'), name))
    const [INTERNAL_TLS_CA_FILE, INTERNAL_TLS_CERTIFICATE_FILE, INTERNAL_TLS_KEY_FILE] = files
    expect(
      await caller({ INTERNAL_TLS_CA_FILE, INTERNAL_TLS_CERTIFICATE_FILE, INTERNAL_TLS_KEY_FILE }).count(),
    ).toEqual({
      count: 0,
    })
  })
})
