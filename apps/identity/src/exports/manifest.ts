export interface ManifestFile {
  name: string
  bytes: number
  sha256: string
}

export interface Manifest {
  account: string
  madeAt: Date
  privacyPolicy: string
  collectedAt: Readonly<Record<string, string>>
  files: readonly ManifestFile[]
  missing: readonly { name: string; why: string }[]
}

const EXPORT_FORMAT = 'million-pictures-export'

const NOT_INCLUDED = [
  {
    what: 'the password, keys of passkeys and authenticator apps, secrets of tokens and sessions',
    why: 'only hashes or sealed values are kept, which would help others alone',
  },
  { what: 'the date of birth', why: 'it is compared at the registration and not kept' },
  { what: 'smaller renditions of photos', why: 'they are made from the originals, which are here' },
  { what: 'visits of pages', why: 'they are counted without knowing whose they are' },
  { what: 'logs and traces', why: 'they name no account that could be looked up' },
  {
    what: 'events on their way between services',
    why: 'they repeat ids of what is here, and end with their retention',
  },
  { what: 'what others hold, such as their follows of the account', why: 'it is about them, too' },
]

export const manifestText = ({ account, madeAt, privacyPolicy, collectedAt, files, missing }: Manifest): string =>
  JSON.stringify(
    {
      format: EXPORT_FORMAT,
      version: 1,
      account,
      madeAt,
      privacyPolicy,
      collectedAt,
      files,
      missing,
      notIncluded: NOT_INCLUDED,
    },
    null,
    2,
  )

export const README = `This is all that Million Pictures holds about you.

photos/         your photos, as they are kept
<service>/      one .json file for each place where something is held: what, why, until when, and what each field means;
                the same as a list in a .csv file, for spreadsheets. There, text that a spreadsheet would take for a
                formula has a ' before it.
manifest.json   when this was made, under which privacy policy, the SHA-256 of each file, what is not here, and why

Das ist alles, was Million Pictures über dich gespeichert hat.

photos/         deine Fotos, so wie sie aufbewahrt werden
<service>/      je Speicherort eine .json-Datei: was, warum, bis wann, und was jedes Feld bedeutet; dasselbe als Liste in
                einer .csv-Datei für Tabellenprogramme. Text, den sie für eine Formel hielten, hat dort ein ' davor.
manifest.json   wann dies gemacht wurde, unter welcher Datenschutzerklärung, der SHA-256 jeder Datei, was fehlt, und warum
`
