import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const PROGRAM = 'mpat_'
const AGENT = 'mpag_'
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 190 bits. */
const RANDOM_LETTERS = 32
const CHECK_LETTERS = 6
const LETTERS = new RegExp(`^[0-9A-Za-z]{${RANDOM_LETTERS + CHECK_LETTERS}}$`)
const BEARER = /^Bearer +(\S+)$/i
const MAX_LENGTH = 100

/** The secret of a program's token. Scanners of source text find it by its prefix, and tell it from other words by its checksum. */
export const newProgramToken = (): string => newToken(PROGRAM)

/** The credential of an agent that delivers page views. */
export const newAgentToken = (): string => newToken(AGENT)

function newToken(prefix: string): string {
  const random = Array.from({ length: RANDOM_LETTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return `${prefix}${random}${checkOf(prefix + random)}`
}

/** The text has the form and the checksum of a program's token; only identity knows if it is one. */
export const isProgramToken = (text: string): boolean => isToken(PROGRAM, text)

const isToken = (prefix: string, text: string): boolean =>
  text.startsWith(prefix) &&
  LETTERS.test(text.slice(prefix.length)) &&
  text.endsWith(checkOf(text.slice(0, -CHECK_LETTERS)))

/** The token of a program in an `Authorization` header that holds nothing else. */
export const programTokenOf = (authorization: string): string | undefined => tokenIn(PROGRAM, authorization)

/** The same of an agent. */
export const agentTokenOf = (authorization: string | undefined): string | undefined => tokenIn(AGENT, authorization)

function tokenIn(prefix: string, authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length > MAX_LENGTH) return undefined
  const [, token] = BEARER.exec(authorization) ?? []
  return token !== undefined && isToken(prefix, token) ? token : undefined
}

function checkOf(text: string): string {
  let letters = ''
  for (let rest = crc32(text); letters.length < CHECK_LETTERS; rest = Math.floor(rest / ALPHABET.length))
    letters = ALPHABET.charAt(rest % ALPHABET.length) + letters
  return letters
}
