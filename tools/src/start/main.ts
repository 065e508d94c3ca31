import { join } from 'node:path'
import { commandLine } from '../environment/command-line.js'
import { missingHelpers } from '../environment/missing-helpers.js'
import { root } from '../environment/root.js'
import { Ending } from './ending.js'
import { startLocal } from './local-system.js'
import { screen } from './screen.js'

const folder = process.env['MPICS_DATA'] ?? join(root, '.data')
const { fresh } = commandLine(
  'npm start [-- --fresh]: starts all servers and services; --fresh forgets what was stored before.',
  { options: { fresh: { type: 'boolean', default: false } } },
).values
const say = (line: string) => console.log(`  ! ${line}`)
const ending = new Ending()

try {
  const began = performance.now()
  const { stack, system } = await startLocal({ folder, fresh, say, upTo: ending.with })
  const missing = await missingHelpers(['kcat', 'exiftool'])
  console.log(screen(system, stack, folder, (performance.now() - began) / 1000))
  if (missing) console.log(missing)
} catch (error) {
  await ending.failed(error)
}
