import { type Mail, servers } from '@mpics/testing'

/** The headers of a mail as they were sent, by lower-case name; the sink's API leaves some out. */
export async function headersOf(mail: Mail): Promise<Record<string, string>> {
  const response = await fetch(`${servers().mailApi}/api/email/${mail.id}/source`)
  return headersIn(await response.text())
}

export function headersIn(source: string): Record<string, string> {
  const [head = ''] = source.split(/\r?\n\r?\n/, 1)
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split(':')
      return [name.toLowerCase(), value.join(':').trim()]
    }),
  )
}
