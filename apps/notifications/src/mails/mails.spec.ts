import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Language, languageCodes } from '@mpics/contracts'
import { phrasesByLanguage } from '../phrases/phrases-by-language.js'
import { mails } from './mails.generated.js'

const folders = readdirSync(__dirname, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? [e.name] : []))

/** Paths of all texts; a plural form stands for its text, since languages have different ones. */
const keysOf = (texts: object, path = ''): string[] =>
  Object.entries(texts)
    .flatMap(([key, text]) =>
      typeof text === 'string' ? [`${path}${key.replace(PLURAL, '')}`] : keysOf(text as object, `${path}${key}.`),
    )
    .filter((key, i, all) => all.indexOf(key) === i)
    .sort()
const PLURAL = /_(zero|one|two|few|many|other)$/

/** The plural forms of each text that has some. */
const pluralsOf = (texts: object) => {
  const counted = Object.keys(texts).filter((key) => PLURAL.test(key))
  return [...Map.groupBy(counted, (key) => key.replace(PLURAL, '')).values()].map((keys) =>
    keys.map((key) => PLURAL.exec(key)![1]).sort(),
  )
}
const formsOf = (language: Language) => new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()

describe('the mails', () => {
  it('are listed as their folders are: run `node mails.mjs` after adding one', () => {
    const print = [join(__dirname, '../../mails.mjs'), '--print']
    const made = execFileSync(process.execPath, print, { encoding: 'utf8' })
    expect(readFileSync(join(__dirname, 'mails.generated.ts'), 'utf8')).toBe(made)
    expect(mails.map(({ kind }) => kind).sort()).toEqual(folders.sort())
  })

  it('are not listed where a folder gives no name to a variable', () => {
    const tree = mkdtempSync(join(tmpdir(), 'mpics-mails-'))
    const [root, own] = [join(__dirname, '../../../..'), join(tree, 'apps/notifications')]
    mkdirSync(join(own, 'src/mails/1st'), { recursive: true })
    for (const path of ['.oxfmtrc.json', 'apps/notifications/mails.mjs']) cpSync(join(root, path), join(tree, path))
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
    const { status } = spawnSync(process.execPath, [join(own, 'mails.mjs')])
    expect([status, readdirSync(join(own, 'src/mails'))]).toEqual([1, ['1st']])
    rmSync(tree, { recursive: true })
  })

  it.each(['mails.mjs', 'mjml/compile.mjs'])(
    'and their frame are not written by %s with an option that nobody knows',
    (program) => {
      const { status, stderr } = spawnSync(process.execPath, [join(__dirname, '../..', program), '--pirnt'])
      expect([status, stderr.toString()]).toEqual([1, expect.stringContaining("Unknown option '--pirnt'")])
    },
  )

  it.each(folders.flatMap((kind) => languageCodes.map((code) => [kind, code] as const)))(
    '%s has all its texts in %s, with the plural forms of the language',
    (kind, code) => {
      const { texts } = mails.find((mail) => mail.kind === kind)!
      expect(Object.keys(texts)).toEqual(expect.arrayContaining(languageCodes))
      expect(keysOf(texts[code])).toEqual(keysOf(texts.en))
      expect(keysOf(texts.en)).toEqual(expect.arrayContaining(['because', 'button', 'heading', 'note', 'subject']))
      for (const forms of pluralsOf(texts[code])) expect(forms).toEqual(formsOf(code))
    },
  )

  it.each(languageCodes)('share their phrases in %s', (code) => {
    expect(keysOf(phrasesByLanguage[code])).toEqual(keysOf(phrasesByLanguage.en))
  })

  it('have one digest a category at most', () => {
    const digests = mails.filter(({ digest }) => digest).map(({ category }) => category)
    expect(digests).toEqual([...new Set(digests)])
  })
})
