import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** The programs that the tour and the tests use beside the servers, each with its Debian package. */
const helpers: Record<string, string> = {
  kcat: 'kcat',
  exiftool: 'libimage-exiftool-perl',
  chromium: 'chromium',
  promtool: 'prometheus',
  faketime: 'faketime',
  openssl: 'openssl',
}

const isThere = async (program: string) => {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter))
    if (
      await access(join(folder, program)).then(
        () => true,
        () => false,
      )
    )
      return true
  return false
}

/** One sentence with one command, or undefined when all are there. */
export async function missingHelpers(wanted: string[] = Object.keys(helpers)): Promise<string | undefined> {
  const missing: string[] = []
  for (const program of wanted) if (!(await isThere(program))) missing.push(program)
  if (!missing.length) return undefined
  return `Missing for the tour and the tests: ${missing.join(', ')}. On Debian: apt-get install -y ${missing.map((m) => helpers[m]).join(' ')}`
}
