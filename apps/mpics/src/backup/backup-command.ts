import { readFile } from 'node:fs/promises'
import { ObjectStore } from '@mpics/object-store'
import type { Command } from 'commander'
import { JSON_OPTION } from '../command.js'
import { printOne } from '../output.js'
import { Progress } from '../progress.js'
import { OBJECTS } from './contents.js'
import { storeOf, withDatabases } from './environment.js'
import type { Manifest } from './manifest.js'
import { placeAt } from './place.js'
import { asIs, sealing } from './seal.js'
import { summaryOf } from './summary.js'
import { TakeBackup } from './take-backup.js'

interface Options {
  recipient: string[]
  recipientsFile?: string
  unencrypted: boolean
  json: boolean
}

const COLUMNS = ['id', 'consistentAt', 'seconds', 'encrypted', 'documents', 'objects', 'bytes']
const another = (recipient: string, others: string[]) => [...others, recipient]

/** Copies what the services keep, encrypted to a key that is not here. */
export function fill(command: Command): void {
  command
    .argument('<place>', 'a folder, or s3://<bucket>/<prefix> with BACKUP_S3_ENDPOINT, _ACCESS_KEY and _SECRET_KEY')
    .option('--recipient <key>', 'public key of age (age1…) whose owner may read it; may be repeated', another, [])
    .option('--recipients-file <file>', 'a file with one such key a line')
    .option('--unencrypted', 'anybody who finds it may read what is personal', false)
    .option(...JSON_OPTION)
    .action(async (place: string, options: Options, self: Command) => {
      const recipients = [...options.recipient, ...(await linesOf(options.recipientsFile))]
      if (recipients.length > 0 === options.unencrypted)
        self.error('error: say who may read it with --recipient, or --unencrypted')
      const made = await take(place, recipients)
      printOne(options.json ? made : summaryOf(made), { json: options.json, columns: COLUMNS })
    })
}

async function take(address: string, recipients: readonly string[]): Promise<Manifest> {
  const progress = new Progress()
  const encrypted = recipients.length > 0
  const seal = encrypted ? sealing(recipients) : asIs
  const backup = new TakeBackup({ place: await placeAt(address), seal, encrypted, progress })
  const store = new ObjectStore(storeOf(OBJECTS.variables))
  try {
    return await withDatabases((databases) => backup.execute(databases, store))
  } finally {
    progress.end()
  }
}

async function linesOf(file?: string): Promise<string[]> {
  if (file === undefined) return []
  const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '' && !line.startsWith('#'))
}
