import { DAY_MS } from '@mpics/contracts/durations'
import { type Command, InvalidArgumentError } from 'commander'
import { JSON_OPTION } from '../command.js'
import { print } from '../output.js'
import { Progress } from '../progress.js'
import { backupsIn, readManifest, type Stored, verify } from './manifest.js'
import { type Place, placeAt } from './place.js'
import { summaryOf } from './summary.js'

/** Shorter than Kafka keeps who was erased (30 days): a restore has to hear of each of them. */
const MAX_DAYS = 28
const COLUMNS = ['id', 'whole', 'consistentAt', 'encrypted', 'documents', 'objects', 'bytes']
const PLACE = 'a folder, or s3://<bucket>/<prefix>'

const takenAt = (id: string): number =>
  Date.parse(id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6Z'))

function daysOf(text: string): number {
  if (!/^[1-9]\d*$/.test(text) || Number(text) > MAX_DAYS)
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${MAX_DAYS}.`)
  return Number(text)
}

/** Backups that exist. */
export function fill(all: Command): void {
  all
    .command('list')
    .argument('<place>', PLACE)
    .description('which there are, the oldest first')
    .option(...JSON_OPTION)
    .action(async (address: string, { json }: { json: boolean }) => {
      const place = await placeAt(address)
      const shown = await Promise.all((await backupsIn(place)).map((stored) => listed(place, stored)))
      print(shown, { json, columns: COLUMNS })
    })
  all
    .command('verify')
    .argument('<place>', PLACE)
    .description('reads the newest whole one, and compares each file with its hash')
    .action(async (address: string) => {
      const place = await placeAt(address)
      const newest = (await backupsIn(place)).findLast(({ whole }) => whole)
      if (!newest) throw new Error(`there is no whole backup in ${address}`)
      const progress = new Progress()
      await verify(place, await readManifest(place, newest.id), (name) => progress.show(name)).finally(() =>
        progress.end(),
      )
      console.log(`${newest.id} is whole`)
    })
  all
    .command('prune')
    .argument('<place>', PLACE)
    .description('removes backups that are too old, and what broken off ones left a day ago')
    .option('--days <n>', `keeps those of so many days, ${MAX_DAYS} at most`, daysOf, MAX_DAYS)
    .option('--dry-run', 'only say which', false)
    .option(...JSON_OPTION)
    .action(async (address: string, options: { days: number; dryRun: boolean; json: boolean }) => {
      const pruned = await prune(await placeAt(address), options)
      print(pruned, { json: options.json, columns: ['id', 'whole'] })
    })
}

async function listed(place: Place, { id, whole }: Stored): Promise<object> {
  return { ...(whole && summaryOf(await readManifest(place, id))), id, whole }
}

async function prune(place: Place, { days, dryRun }: { days: number; dryRun: boolean }): Promise<object[]> {
  const isOver = ({ id, whole }: Stored) => takenAt(id) < Date.now() - (whole ? days : 1) * DAY_MS
  const over = (await backupsIn(place)).filter(isOver)
  // the manifest first: what is left of it is no backup any more
  if (!dryRun) for (const { names } of over) await place.remove(names.toSorted(manifestFirst))
  return over.map(({ id, whole }) => ({ id, whole }))
}

const manifestFirst = (a: string, b: string) =>
  Number(b.endsWith('/manifest.json')) - Number(a.endsWith('/manifest.json'))
