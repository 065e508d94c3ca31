import { readFile } from 'node:fs/promises'
import { ApiClient } from '@mpics/api-client'
import { DEFAULT_SITE } from '@mpics/contracts'
import type { Command } from 'commander'
import { JSON_OPTION } from './command.js'
import { Archive } from './import/archive.js'
import { readExportedAccount } from './import/exported-account.js'
import { accountIdOf, ImportAccount } from './import/import-account.js'
import { Journal } from './import/journal.js'
import { verifyArchive } from './import/verify-archive.js'
import { printOne } from './output.js'
import { count, Progress } from './progress.js'

interface Options {
  site: string
  tokenFile?: string
  json: boolean
}

const NOT_TAKEN = [
  'consents and what was accepted',
  'sessions, tokens, roles and second factors',
  'mails and views',
  'who follows whom',
  'photos in the trash',
]

/** As the person, by a token for programs: it can do no more than they gave it. */
export function addImport(all: Command): void {
  all
    .command('import')
    .argument('<file>', 'the zip of an export')
    .description(
      'fills an empty account with the profile, settings and photos of an export. Another run goes on where one ended, by a file beside the zip',
    )
    .option('--site <url>', 'where people reach the site', process.env['PUBLIC_URL'] ?? DEFAULT_SITE)
    .option(
      '--token-file <file>',
      'holds a token for programs of the account (account:read, account:write, profiles:read, profiles:write, email-settings:write, photos:read, photos:write); MPICS_ACCOUNT_TOKEN unless given',
    )
    .option(...JSON_OPTION)
    .action(importAccount)
}

async function importAccount(file: string, { site, tokenFile, json }: Options): Promise<void> {
  const progress = new Progress()
  const archive = await Archive.open(file)
  try {
    await verifyArchive(archive, (read, of) =>
      progress.show(`${count(read)} of ${count(of)} files are what they should be`),
    )
    const exported = await readExportedAccount(archive)
    const token = await accountToken(tokenFile)
    const api = new ApiClient(site, { credentials: { token: () => token } })
    const journal = await Journal.open(file, await accountIdOf(api))
    const told = (done: number, of: number) => progress.show(`${count(done)} of ${count(of)} photos`)
    const { imported, skipped } = await new ImportAccount(api, archive, journal).execute(exported, told)
    progress.end()
    printOne({ photos: imported, skipped, notTaken: NOT_TAKEN }, { json, columns: ['photos', 'skipped', 'notTaken'] })
  } finally {
    progress.end()
    archive.close()
  }
}

async function accountToken(file: string | undefined): Promise<string> {
  const token = file ? await readFile(file, 'utf8') : process.env['MPICS_ACCOUNT_TOKEN']
  if (!token?.trim()) throw new Error('No token: give --token-file, or set MPICS_ACCOUNT_TOKEN.')
  return token.trim()
}
