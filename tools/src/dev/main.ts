import { join } from 'node:path'
import { commandLine } from '../environment/command-line.js'
import { root } from '../environment/root.js'
import { Ending } from '../start/ending.js'
import { startLocal } from '../start/local-system.js'
import { screen } from '../start/screen.js'
import { inspectorPorts, namedServices } from './inspectors.js'
import { Live } from './live.js'

const folder = process.env['MPICS_DATA'] ?? join(root, '.data')
const say = (line: string) => console.log(`  ! ${line}`)
const ending = new Ending()
const { positionals: words } = commandLine(
  'npm run dev -- <service> …: starts everything; the named services are rebuilt and restarted on change.',
  { allowPositionals: true },
)

try {
  const names = namedServices(words)
  const began = performance.now()
  const inspectors = Object.fromEntries(names.map((name) => [name, inspectorPorts[name]]))
  const { stack, system } = await startLocal({ folder, say, inspectors, upTo: ending.with })
  const services = Object.fromEntries(names.map((name) => [name, system.services[name]]))
  const live = new Live({ root, services, say })
  ending.with(async () => {
    await live.stop()
    await system.stop()
    await stack.stop()
  })
  await live.start()
  console.log(screen(system, stack, folder, (performance.now() - began) / 1000))
  for (const name of names)
    console.log(
      `  ${name} is rebuilt and restarted on change; a debugger attaches at 127.0.0.1:${inspectorPorts[name]}`,
    )
} catch (error) {
  await ending.failed(error)
}
