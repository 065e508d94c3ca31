import { readFile } from 'node:fs/promises'
import { busyGroups } from '@mpics/eventing'
import { ObjectStore } from '@mpics/object-store'
import type { Command } from 'commander'
import { JSON_OPTION } from '../command.js'
import { accessOptions, reach } from '../kafka-access.js'
import { printOne } from '../output.js'
import { Progress } from '../progress.js'
import { KEEPERS } from '../services.js'
import { EXPORTS, OBJECTS } from './contents.js'
import { storeOf, withDatabases } from './environment.js'
import { isBackupId, readManifest, requireOpening, verify } from './manifest.js'
import { type Place, placeAt } from './place.js'
import { RestoreBackup } from './restore-backup.js'
import { asIs, opening, type Through } from './seal.js'
import { ratesOf, summaryOf } from './summary.js'

interface Options {
  identity?: string
  replace: boolean
  json: boolean
}

const COLUMNS = ['id', 'consistentAt', 'documents', 'objects', 'seconds', 'documentsPerSecond', 'megabytesPerSecond']

/** Puts a backup back; services that start on it erase again, and keep ended consents ended. */
export function fill(command: Command): void {
  accessOptions(command)
    .argument('<backup>', '<place>/<id>, as `mpics backups list` shows it')
    .option('--identity <file>', 'private key of age, made by age-keygen; or MPICS_BACKUP_IDENTITY')
    .option('--replace', 'remove first what is there', false)
    .option(...JSON_OPTION)
    .action(async (backup: string, options: Options, self: Command) => {
      const [, address = '', id = ''] = /^(.+)\/([^/]+)\/?$/.exec(backup) ?? []
      if (!isBackupId(id)) self.error(`error: ${backup} is no <place>/<id>`)
      await requireStopped(self)
      const begun = Date.now()
      const restored = await restore(await placeAt(address), id, options)
      const seconds = (Date.now() - begun) / 1000
      printOne({ ...restored, seconds }, { json: options.json, columns: COLUMNS })
    })
}

/** A service that runs would write into a database that is half restored. */
async function requireStopped(self: Command): Promise<void> {
  const busy = await busyGroups(await reach(self), KEEPERS)
  if (busy.length > 0) throw new Error(`${busy.join(', ')} still run: stop every service first`)
}

async function restore(place: Place, id: string, { identity, replace }: Options): Promise<object> {
  const progress = new Progress()
  try {
    const manifest = await readManifest(place, id)
    const open = manifest.encrypted ? await opener(identity) : asIs
    await verify(place, manifest, (name) => progress.show(`verifying ${name}`))
    await requireOpening(place, manifest, open)
    const store = new ObjectStore(storeOf(OBJECTS.variables))
    const exports = new ObjectStore(storeOf(EXPORTS))
    const spent = await withDatabases(async (databases) => {
      const restore = new RestoreBackup({ place, open, progress, databases, store, exports })
      await restore.execute(manifest, replace)
      return restore.spent
    })
    return { ...summaryOf(manifest), ...ratesOf(manifest, spent) }
  } finally {
    progress.end()
  }
}

async function opener(file?: string): Promise<Through> {
  const text = file === undefined ? process.env['MPICS_BACKUP_IDENTITY'] : await readFile(file, 'utf8')
  if (text) return opening(text)
  throw new Error('the backup is encrypted: give the private key with --identity')
}
