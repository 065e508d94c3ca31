// Writes src/mails/mails.generated.ts from the folders of src/mails; with --print, to the output. A unit test compares what is there
// with what this makes.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { format } from 'oxfmt'

const { print } = parseArgs({ options: { print: { type: 'boolean' } } }).values
const folder = new URL('src/mails/', import.meta.url)
const target = new URL('mails.generated.ts', folder)

const variableOf = (kind, language = '') =>
  `${kind}-${language}`.replace(/-(\w?)/g, (_, letter) => letter.toUpperCase())

async function languagesOf(kind) {
  const files = await readdir(new URL(`${kind}/`, folder))
  return files.map((file) => basename(file, '.ts')).filter((name) => name !== 'mail')
}

async function partsOf(kind) {
  const languages = (await languagesOf(kind)).sort()
  const texts = languages.map((language) => `'${language}': ${variableOf(kind, language)}`)
  return {
    imports: [
      ...languages.map((l) => `import { texts as ${variableOf(kind, l)} } from './${kind}/${l}.js'`),
      `import { mail as ${variableOf(kind)} } from './${kind}/mail.js'`,
    ],
    entry: `{ ...${variableOf(kind)}, texts: { ${texts.join(', ')} } },`,
  }
}

const kinds = (await readdir(folder, { withFileTypes: true })).filter((e) => e.isDirectory()).map(({ name }) => name)
const parts = await Promise.all(kinds.sort().map(partsOf))
const source = [
  '/** Made of the folders beside it by mails.mjs in apps/notifications; add a folder, and run it. */',
  "import type { Mail } from '../mail-definition/define-mail.js'",
  ...parts.flatMap(({ imports }) => imports),
  'export const mails: readonly Mail[] = [',
  ...parts.map(({ entry }) => entry),
  ']',
].join('\n')

const { ignorePatterns: _, ...options } = JSON.parse(await readFile(new URL('../../.oxfmtrc.json', import.meta.url)))
const { code: text, errors } = await format(fileURLToPath(target), source, options)
if (errors.length > 0) throw new Error(`The list of mails is no source: ${errors.map((e) => e.message).join('; ')}`)
if (print) process.stdout.write(text)
else await writeFile(target, text)
