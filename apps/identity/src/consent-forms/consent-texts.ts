import { readdirSync, readFileSync } from 'node:fs'
import { identity, type Language, languageCodes } from '@mpics/contracts'
import { z } from 'zod'
import { sha256 } from '../ledger/entry-hashes.js'

const FOLDER = new URL('../../consent-texts/', import.meta.url)

const words = z.strictObject({ title: z.string(), text: z.string(), give: z.string(), refuse: z.string() })
const textsOfLanguage = z.strictObject(
  Object.fromEntries(identity.consentPurpose.options.map((purpose) => [purpose, words])) as Record<
    (typeof identity.consentPurpose.options)[number],
    typeof words
  >,
)

export type ConsentWords = z.output<typeof words>

interface TextVersion {
  version: string
  texts: Record<Language, z.output<typeof textsOfLanguage>>
}

const versions: TextVersion[] = readdirSync(FOLDER)
  .sort()
  .map((version) => ({
    version,
    texts: Object.fromEntries(
      languageCodes.map((language) => [language, textsIn(version, language)]),
    ) as TextVersion['texts'],
  }))

function textsIn(version: string, language: Language) {
  return textsOfLanguage.parse(JSON.parse(readFileSync(new URL(`${version}/${language}.json`, FOLDER), 'utf8')))
}

/** The texts that belong to the privacy policy that came into force on a day: those of that day, or the last ones before it. */
export const textsFor = (effectiveAt: Date): TextVersion =>
  versions.findLast(({ version }) => version <= effectiveAt.toISOString().slice(0, 10)) ?? versions[0]!

export const choicesOf = ({ give, refuse }: ConsentWords) => [
  { granted: true, label: give },
  { granted: false, label: refuse },
]

/** Vouches for each character that was shown. */
export const textHashOf = ({ title, text, give, refuse }: ConsentWords): string =>
  sha256(JSON.stringify([title, text, give, refuse]))
