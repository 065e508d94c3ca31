import { join } from 'node:path'
import { UserFacingError } from '../user-facing-error.js'
import { RunRecords } from '../processes/run-records.js'
import { Supervised } from '../processes/supervised.js'
import { root } from '../root.js'
import type { StackAddresses } from '../servers/addresses.js'
import { claimPort, freePorts } from '../servers/ports.js'
import { madeBundles } from './bundles.js'
import { serviceEnvironment, type SystemAddresses } from './environment.js'
import { launchOf } from './launch.js'
import { SecretStore } from './secrets.js'
import { serviceVariables, type Variable } from './service-variables.js'
import { serviceNames, usualPorts, type Ports, type Service } from './services.js'

export interface SystemOptions {
  stack: StackAddresses
  /** Logs and secrets. */
  folder: string
  prefix?: string
  /** Free ports instead of the usual ones. */
  freePorts?: boolean
  env?: NodeJS.ProcessEnv
  say?: (line: string) => void
  /** Https where `extra` names certificates. */
  scheme?: 'http' | 'https'
  /** More environment for one service, such as a fail-point. */
  extra?: Partial<Record<Service, Record<string, string>>>
  /** Ports of inspectors, for services that are to be debugged. */
  inspectors?: Partial<Record<Service, number>>
  /** The other services are not started. */
  only?: readonly Service[]
  /** Where services are made to die again and again: how long a dead one stays so, at most. */
  maxPauseMs?: number
}

export interface System {
  gatewayUrl: string
  ports: Record<Service, Ports>
  prefix: string
  stack: StackAddresses
  services: Record<Service, Supervised>
  /** One more process of a service, with ports of its own; not started yet. It is stopped with the system. */
  replica(name: Service, env?: Record<string, string>): Promise<Supervised>
  stop(): Promise<void>
}

async function choosePorts(options: SystemOptions): Promise<Record<Service, Ports>> {
  const env = options.env ?? process.env
  const free = options.freePorts ? await freePorts(serviceNames.length * 2) : []
  const choose = (name: Service, kind: 'HTTP' | 'OPS') => {
    const variable = `${name.toUpperCase()}_${kind}_PORT`
    const usual = usualPorts[name][kind === 'HTTP' ? 'http' : 'ops']
    return free.pop() ?? claimPort(variable, usual, `${name} (${kind})`, env)
  }
  const chosen = {} as Record<Service, Ports>
  for (const name of serviceNames) chosen[name] = { http: await choose(name, 'HTTP'), ops: await choose(name, 'OPS') }
  return chosen
}

const ready = async (ports: Ports) =>
  (await fetch(`http://127.0.0.1:${ports.ops}/readyz`, { signal: AbortSignal.timeout(3_000) })).ok

/** The six services as processes of their own. Topics must exist. */
export async function startSystem(options: SystemOptions): Promise<System> {
  await new RunRecords().endLeftovers()
  const secrets = await SecretStore.open(join(options.folder, 'keys'))
  const ports = await choosePorts(options)
  const env = options.env ?? process.env
  const addresses: SystemAddresses = {
    stack: options.stack,
    ports,
    prefix: options.prefix ?? '',
    scheme: options.scheme,
    publicUrl: options.freePorts
      ? `${options.scheme ?? 'http'}://localhost:${ports.gateway.http}`
      : (env['PUBLIC_URL'] ?? `http://localhost:${ports.gateway.http}`),
  }
  const [variables] = await Promise.all([serviceVariables(), madeBundles()])
  const make = (name: Service, own: Ports, label: string, extra?: Record<string, string>) => {
    const settings = {
      ...passedOn(env, variables[name]),
      ...serviceEnvironment(name, variables[name], { ...addresses, ports: { ...ports, [name]: own } }, secrets),
      ...options.extra?.[name],
      ...extra,
    }
    return new Supervised({
      name: label,
      ...launchOf(name, settings, options.inspectors?.[name]),
      cwd: root,
      logFile: join(options.folder, `logs/${label}.log`),
      ready: () => ready(own),
      say: options.say,
      maxPauseMs: options.maxPauseMs,
    })
  }
  const services = Object.fromEntries(serviceNames.map((name) => [name, make(name, ports[name], name)])) as Record<
    Service,
    Supervised
  >
  await secrets.save()
  const replicas: Supervised[] = []
  const replica = async (name: Service, extra?: Record<string, string>) => {
    const [http, ops] = await freePorts(2)
    const made = make(name, { http: http!, ops: ops! }, `${name}-${replicas.length + 2}`, extra)
    replicas.push(made)
    return made
  }
  const stop = async () => {
    await Promise.all([...Object.values(services), ...replicas].map((process) => process.stop()))
  }
  const started = await Promise.allSettled((options.only ?? serviceNames).map((name) => services[name].start()))
  const failed = started.find((s) => s.status === 'rejected')
  if (failed) {
    await stop()
    throw failed.reason instanceof Error ? failed.reason : new UserFacingError(String(failed.reason))
  }
  const { publicUrl: gatewayUrl, prefix } = addresses
  return { gatewayUrl, ports, prefix, stack: options.stack, services, replica, stop }
}

/** The settings that the person who starts it may make for a service, such as LOG_LEVEL or GATEWAY_…; never another's secrets. */
function passedOn(env: NodeJS.ProcessEnv, variables: readonly Variable[]): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TZ', 'NODE_ENV', ...variables.map((v) => v.name)]
  return Object.fromEntries(names.filter((n) => env[n] !== undefined).map((n) => [n, env[n]]))
}
