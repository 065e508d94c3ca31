import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ConfigError } from '@mpics/service-kit'
import { CONFINING_SCRIPT } from './confining-script.js'
import { filterOf, systemCalls } from './system-calls.js'

const PERL = '/usr/bin/perl'
const APPLICATION = join(dirname(fileURLToPath(import.meta.url)), '../..')
/** V8 reserves this much beside what a picture takes; the kernel counts it. */
const RESERVED_MB = 1024
const OLD_SPACE_MB = 256

export interface Confinement {
  /** The only folder of its own that the process reads and writes. */
  folder: string
  memoryMb: number
  niceness: number
  byKernel: boolean
}

export interface Launch {
  execPath: string
  execArgv: string[]
}

/** How to start Node so that it reads code and its own folder, has no network, and touches no other process. */
export function launchOf({ folder, memoryMb, niceness, byKernel }: Confinement): Launch {
  const node = nodeRules(folder)
  if (!byKernel) return { execPath: process.execPath, execArgv: node }
  return { execPath: PERL, execArgv: [...kernelRules(folder, memoryMb, niceness), '--', process.execPath, ...node] }
}

/** Fails where the kernel, or this machine, cannot do what `launchOf` asks of it. */
export async function assertConfinable(folder: string, architecture = process.arch): Promise<void> {
  const failure = await failureOf(folder, architecture)
  if (failure === undefined) return
  throw new ConfigError([
    `Decoding processes cannot be confined: ${failure}. Set MEDIA_DECODER_CONFINED=false to run without it, on a machine that no stranger reaches.`,
  ])
}

async function failureOf(folder: string, architecture: NodeJS.Architecture): Promise<string | undefined> {
  if (!systemCalls(architecture)) return `there is no filter of system calls for ${process.platform} on ${architecture}`
  const args = [...kernelRules(folder, RESERVED_MB, 0), '--', process.execPath, '--version']
  return promisify(execFile)(PERL, args, { env: {} }).then(
    () => undefined,
    (error: Error & { stderr?: string }) => (error.stderr || error.message).trim(),
  )
}

/** Node's permission model binds our own JavaScript; native code only the kernel does. */
function nodeRules(folder: string): string[] {
  const read = [...codePaths().map((path) => (path.endsWith('.json') ? path : `${path}/*`)), `${folder}/*`]
  return [
    '--permission',
    '--allow-addons',
    '--disable-warning=PERM0001',
    `--max-old-space-size=${OLD_SPACE_MB}`,
    ...read.map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${folder}/*`,
  ]
}

function kernelRules(folder: string, memoryMb: number, niceness: number): string[] {
  const calls = systemCalls()
  if (!calls) throw new Error(`no numbers of system calls are known for ${process.arch}`)
  const numbers = [calls.prctl, calls.prlimit].map(String)
  const run = [process.execPath, '/lib', '/lib64', '/usr/lib'].map((path) => `run=${path}`)
  const read = [...codePaths(), ...SYSTEM_FILES, 'itself'].map((path) => `read=${path}`)
  const bounds = [String(memoryMb + RESERVED_MB), String(niceness)]
  const filter = filterOf(calls).toString('hex')
  return ['-e', CONFINING_SCRIPT, ...numbers, filter, ...bounds, ...run, ...read, `work=${folder}`]
}

const SYSTEM_FILES = ['/etc/ld.so.cache', '/etc/ssl/openssl.cnf', '/proc/meminfo', '/dev/null', '/dev/urandom']

function codePaths(): string[] {
  const [packages = ''] = createRequire(import.meta.url)
    .resolve('sharp')
    .split('/sharp/', 1)
  return [APPLICATION, packages, join(packages, '../package.json')]
}
