// Before the integration tests of a package: finds the servers, or ends the run with one sentence that says what to do.
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'

const NEEDED = ['MONGODB_URI', 'KAFKA_BROKERS']
const ADDRESSES = [...NEEDED, 'S3_ENDPOINT', 'SMTP_URL', 'MAIL_API']
const MEND = 'start the servers with: npm run servers'
const CONNECT_TIMEOUT_MS = 3_000

export default async function requireServers() {
  const missing = await whatIsMissing(process.env)
  if (missing === undefined) return
  process.stderr.write(`${missing}\n`)
  process.exit(1)
}

/** One sentence, or undefined when all that is named answers. Variables that are unset are taken from the file. */
export async function whatIsMissing(env, file = join(workspaceRoot(), '.data/servers.env')) {
  const unset = NEEDED.filter((name) => !env[name])
  if (unset.length > 0 && !existsSync(file)) return `${unset.join(' and ')} must be set for these tests: ${MEND}.`
  if (unset.length > 0) for (const [name, value] of variablesIn(readFileSync(file, 'utf8'))) env[name] ||= value
  for (const name of ADDRESSES)
    if (env[name] && !(await anyAnswers(addressesIn(env[name]))))
      return `Nobody listens at ${addressesIn(env[name]).join(', ')} (${name}): ${MEND}.`
  return undefined
}

/** `export NAME='value'` or `NAME=value`, one a line. */
const variablesIn = (text) =>
  [...text.matchAll(/^\s*(?:export\s+)?([A-Z0-9_]+)=(['"]?)(.*)\2\s*$/gm)].map(([, name, , value]) => [name, value])

/** The `host:port` of a URL, or of a list separated by commas. */
const addressesIn = (value) =>
  value
    .replace(/^\w+(\+\w+)?:\/\/([^@/]*@)?/, '')
    .split(/[/?]/)[0]
    .split(',')

async function anyAnswers(addresses) {
  return (await Promise.all(addresses.map(answers))).includes(true)
}

function answers(address) {
  const [, host, port] = /^(.*):(\d+)$/.exec(address) ?? []
  // a name that is resolved otherwise, or a service at its default port, is left to the tests
  if (!port) return true
  return new Promise((resolve) => {
    const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port: Number(port), timeout: CONNECT_TIMEOUT_MS })
    const end = (isThere) => {
      socket.destroy()
      resolve(isThere)
    }
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false))
  })
}

function workspaceRoot(from = process.cwd()) {
  if (existsSync(join(from, 'nx.json')) || from === dirname(from)) return from
  return workspaceRoot(dirname(from))
}
