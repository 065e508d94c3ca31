const EMAIL = /[^\s"'<>@:=,;()[\]{}\\/]{1,64}@[^\s"'<>@,;:()[\]{}\\/]{1,253}\.[a-z]{2,24}/gi
const CREDENTIALS = /\/\/[^\s"'@/\\]{1,256}@/g
const TOKEN = /eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g
const PROGRAM_TOKEN = /mpat_\w+/g
const QUERY = /([?&](?:token|code|key|email|password)=)[^&\s"'\\]+/gi
const DUPLICATE_VALUE = /dup key: .*/g
const DUPLICATE_IN_LINE = /dup key: \{.{0,1000}?\}/g

/** Replaces everything in a finished line that looks like an address, a credential or a token. */
export function scrub(line: string): string {
  let clean = line
  if (clean.includes('@')) clean = clean.replace(CREDENTIALS, '//…@').replace(EMAIL, '[address]')
  if (clean.includes('eyJ')) clean = clean.replace(TOKEN, '[token]')
  if (clean.includes('mpat_')) clean = clean.replace(PROGRAM_TOKEN, '[token]')
  if (clean.includes('?')) clean = clean.replace(QUERY, '$1[redacted]')
  if (clean.includes('dup key')) clean = clean.replace(DUPLICATE_IN_LINE, 'dup key')
  return clean
}

/** A duplicate key's message repeats the value. */
export const withoutValues = (message: string) => message.replace(DUPLICATE_VALUE, 'dup key')
