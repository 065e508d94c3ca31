import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ConfigError } from '@mpics/service-kit'
import { decoderEnvironment } from '../src/config.js'
import { assertConfinable, launchOf } from '../src/decoding/confinement.js'

describe('a decoding process', () => {
  let [folder, secrets] = ['', '']
  const server: Server = createServer((socket) => socket.destroy())
  beforeAll(async () => {
    process.env['MEDIA_S3_SECRET_KEY'] = 'canary-secret'
    folder = await mkdtemp(join(tmpdir(), 'mpics-confined-'))
    secrets = await mkdtemp(join(tmpdir(), 'mpics-secrets-'))
    await writeFile(join(secrets, 'key'), 'canary-file')
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    server.close()
    for (const path of [folder, secrets, `${folder}-beside`]) await rm(path, { recursive: true, force: true })
  })

  const probe = async (execPath: string, execArgv: readonly string[]) => {
    const { port } = server.address() as AddressInfo
    const told = { folder, port, parent: process.pid, secretFile: join(secrets, 'key') }
    const args = [...execArgv, join(__dirname, 'setup/confinement-probe.mjs'), JSON.stringify(told)]
    const { stdout } = await promisify(execFile)(execPath, args, { env: decoderEnvironment('.js', folder) })
    return JSON.parse(stdout) as Record<string, unknown>
  }
  const launch = () => launchOf({ folder, memoryMb: 1100, niceness: 10, byKernel: true })
  const REFUSED = 'EACCES'

  it('could do much if nothing confined it', async () => {
    expect(await probe(process.execPath, [])).toMatchObject({
      itsMemory: 'done',
      file: 'canary-file',
      elsewhere: 'done',
      link: 'done',
      signal: true,
      program: 'done',
      connection: 'done',
      datagram: 'done',
      ownFolder: 'done',
    })
    await rm(join(folder, 'link'))
  })

  it('has no network, no environment, no files and no processes of ours, by Node and by the kernel', async () => {
    const { execPath, execArgv } = launch()
    const found = await probe(execPath, execArgv)
    expect(found).toMatchObject({ environment: '', connection: REFUSED, datagram: REFUSED, ownFolder: 'done' })
    expect(JSON.stringify(found)).not.toContain('canary')
  })

  it('has none of it by the kernel alone, which holds for native code too', async () => {
    const { execPath, execArgv } = launch()
    const withoutNode = execArgv.filter((argument) => !/^--(permission|allow-)/.test(argument))
    expect(await probe(execPath, withoutNode)).toEqual({
      environment: '',
      itsEnvironment: REFUSED,
      itsMemory: REFUSED,
      file: REFUSED,
      elsewhere: REFUSED,
      link: REFUSED,
      signal: REFUSED,
      program: REFUSED,
      connection: REFUSED,
      localSocket: REFUSED,
      datagram: REFUSED,
      ownFolder: 'done',
    })
  })

  it('is not started where it cannot be confined', async () => {
    await assertConfinable(folder)
    await expect(assertConfinable(folder, 'mips')).rejects.toThrow(ConfigError)
  })
})
