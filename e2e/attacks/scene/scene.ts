import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiClient, type ApiClientOptions, CookieJar } from '@mpics/api-client'
import { eventually } from '@mpics/testing/eventually'
import { root } from '@mpics/tools/environment/root'
import { type Service, serviceNames } from '@mpics/tools/environment/system/services'
import { Mailbox } from '@mpics/tools/people/mailbox'
import { Member, newPerson } from '@mpics/tools/people/member'
import { Operator } from '../../driver/operator.js'
import { metricsOf, type Running, system } from '../../driver/system.js'

const JOINED_MS = 120_000

/** Addresses of RFC 2544's network, which are nobody's. */
const personAt = (n: number) => `198.19.${n >> 8}.${n & 255}`
export const attackerAt = (n: number): string => `198.18.${n >> 8}.${n & 255}`

/**
 * The six services behind a proxy that the gateway trusts, so that one machine can be as many addresses as an attacker has.
 * A fail-point of identity can be armed while it runs.
 */
export class Scene {
  private readonly folder = mkdtempSync(join(tmpdir(), 'mpics-scene-'))
  private readonly faultFile = join(this.folder, 'fault')
  private readonly running: Running
  private people = 0
  private second?: Promise<string>

  constructor() {
    this.running = system({
      extra: { gateway: { GATEWAY_TRUSTED_PROXIES: '127.0.0.1' }, identity: { FAULT: `@${this.faultFile}` } },
    })
    afterEach(() => this.disarm())
    afterAll(() => rmSync(this.folder, { recursive: true, force: true }))
  }

  get url(): string {
    return this.running.system.gatewayUrl
  }

  get mailbox(): Mailbox {
    return new Mailbox(this.running.system.stack.mailApi!)
  }

  from(address: string, options: ApiClientOptions = {}): ApiClient {
    return new ApiClient(this.url, { ...options, headers: { ...options.headers, 'x-forwarded-for': address } })
  }

  /** From an address that nobody else has; with `cookies`, in a browser that keeps them. */
  somebody(cookies?: CookieJar): ApiClient {
    return this.from(personAt(this.people++), { cookies })
  }

  stranger(name: string, api = this.somebody()): Member {
    return new Member(newPerson(name, `${name} Quux`), api, this.mailbox)
  }

  get operator(): Operator {
    return new Operator(this.running)
  }

  /** Somebody at each of two replicas of the gateway. */
  async gateways(): Promise<[ApiClient, ApiClient]> {
    const url = await (this.second ??= this.startSecond())
    const headers = { 'x-forwarded-for': personAt(this.people++) }
    return [new ApiClient(this.url, { headers }), new ApiClient(url, { headers })]
  }

  private async startSecond(): Promise<string> {
    const replica = await this.running.system.replica('gateway')
    await replica.start()
    return `http://127.0.0.1:${replica.env['HTTP_PORT']}`
  }

  /** Tries again while an attack of before keeps the site busy. */
  member(name: string, api?: ApiClient): Promise<Member> {
    const join = async () => {
      const member = this.stranger(name, api)
      await member.join()
      return member
    }
    return eventually(`${name} to join`, join, JOINED_MS, 500)
  }

  /** The next passage of identity through this fail-point. */
  arm(fault: string): void {
    writeFileSync(this.faultFile, fault)
  }

  disarm(): void {
    rmSync(this.faultFile, { force: true })
  }

  strikes(point: string): number {
    return readFileSync(this.running.system.services.identity.logFile, 'utf8').split(`fail-point ${point}: `).length - 1
  }

  struck = (point: string, before: number): Promise<boolean> =>
    eventually(`fail-point ${point} to strike`, () => this.strikes(point) > before)

  pid(service: Service): number {
    return this.running.system.services[service].pid!
  }

  metrics(service: Service): Promise<string> {
    return metricsOf(this.running, service)
  }

  /** A sentence for each service whose breakers are not all closed, or that tells nothing of them. */
  async openBreakers(): Promise<string[]> {
    const found = serviceNames.map(async (name) => {
      const lines = (await this.metrics(name)).split('\n').filter((line) => /^\w*breaker\w*open/.test(line))
      if (lines.length === 0 && name === 'gateway') return ['the gateway does not tell of its breakers']
      return lines.filter((line) => !line.endsWith(' 0')).map((line) => `${name}: ${line}`)
    })
    return (await Promise.all(found)).flat()
  }
}

/** Kubernetes allows a pod of the service so many megabytes. */
export function memoryLimitOf(service: Service): number {
  const manifest = readFileSync(join(root, `deploy/k8s/base/${service}/deployment.yaml`), 'utf8')
  return Number(/limits:\s*\{[^}]*memory:\s*(\d+)Mi/.exec(manifest)![1])
}
