import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const PREFIX = 'mpat_'
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 190 bits. */
const RANDOM_LETTERS = 32
const CHECK_LETTERS = 6
const FORM = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_LETTERS + CHECK_LETTERS}}$`)
const BEARER = /^Bearer +(\S+)$/i
const MAX_LENGTH = 100

/** The secret of a program's token. Scanners of source text find it by its prefix, and tell it from other words by its checksum. */
export function newProgramToken(): string {
  const random = Array.from({ length: RANDOM_LETTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return `${PREFIX}${random}${checkOf(PREFIX + random)}`
}

/** The text has the form and the checksum of a program's token; only identity knows if it is one. */
export const isProgramToken = (text: string): boolean =>
  FORM.test(text) && text.endsWith(checkOf(text.slice(0, -CHECK_LETTERS)))

/** The token of a program in an `Authorization` header that holds nothing else. */
export function programTokenOf(authorization: string): string | undefined {
  if (authorization.length > MAX_LENGTH) return undefined
  const [, token] = BEARER.exec(authorization) ?? []
  return token !== undefined && isProgramToken(token) ? token : undefined
}

function checkOf(text: string): string {
  let letters = ''
  for (let rest = crc32(text); letters.length < CHECK_LETTERS; rest = Math.floor(rest / ALPHABET.length))
    letters = ALPHABET.charAt(rest % ALPHABET.length) + letters
  return letters
}
