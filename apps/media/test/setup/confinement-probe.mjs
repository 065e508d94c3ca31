// Run as a decoding process is: tries what a file that has taken one over would try, and says what it got.
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { connect } from 'node:net'
import { createSocket } from 'node:dgram'

const { folder, port, parent, secretFile } = JSON.parse(process.argv[2])
const tried = (attempt) => {
  try {
    return attempt() ?? 'done'
  } catch (error) {
    return error.code ?? error.message
  }
}
const eventOf = (emitter, good) =>
  new Promise((resolve) => {
    emitter.once(good, () => resolve('done'))
    emitter.once('error', (error) => resolve(error.code))
  })
const connected = (to) => tried(() => eventOf(connect(to), 'connect'))

const found = {
  environment: tried(() =>
    Object.keys(process.env)
      .filter((name) => !/^(MALLOC|LD_|TMPDIR)/.test(name))
      .join(),
  ),
  itsEnvironment: tried(() => readFileSync(`/proc/${parent}/environ`, 'latin1').includes('canary')),
  itsMemory: tried(() => void readFileSync(`/proc/${parent}/maps`)),
  file: tried(() => readFileSync(secretFile, 'utf8')),
  elsewhere: tried(() => writeFileSync(`${folder}-beside`, '')),
  link: tried(() => symlinkSync(secretFile, `${folder}/link`)),
  signal: tried(() => process.kill(parent, 0)),
  program: tried(() => spawnSync('/bin/sh', ['-c', 'exit 0']).error?.code),
  connection: await connected({ port, host: '127.0.0.1' }),
  localSocket: await connected({ path: `${folder}/socket` }),
  datagram: await Promise.resolve(tried(() => createSocket('udp4'))).then((socket) =>
    typeof socket === 'string' ? socket : eventOf(socket.bind(0), 'listening'),
  ),
  ownFolder: tried(() => writeFileSync(`${folder}/own`, 'x')),
}
process.stdout.write(JSON.stringify(found))
process.exit()
