/** RFC 5321 §4.5.3.1.1, and §4.5.3.1.3 with erratum 1690; in octets. */
const MAX_LOCAL_PART = 64
const MAX_ADDRESS = 254

const ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|(?![\\x00-\\x7F\\p{DI}])[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]"
/** A dot-atom (RFC 5322 §3.2.3) with the characters that RFC 6532 §3.2 adds; quoted strings, which few programs can write to, are none. */
const DOT_ATOM = new RegExp(`^(?:${ATEXT})+(?:\\.(?:${ATEXT})+)*$`, 'u')

const DOMAIN = /^[\p{L}\p{N}\p{M}\u200C\u200D.\u3002\uFF0E\uFF61-]+$/u
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const HOST_NAME = new RegExp(`^(?:${LABEL}\\.)+(?!\\d+$)(?!.$)${LABEL}$`)

export interface EmailAddress {
  local: string
  /** In ASCII and lower case (IDNA, UTS #46). */
  domain: string
}

const octets = (text: string) => new TextEncoder().encode(text).length

/** Normalisation turns some characters into the specials of an address (UTR #36 §3.1). */
const isLocalPart = (text: string) =>
  octets(text) <= MAX_LOCAL_PART && DOT_ATOM.test(text) && DOT_ATOM.test(text.normalize('NFKC'))

function asciiDomain(text: string): string | undefined {
  const domain = DOMAIN.test(text) ? URL.parse(`http://${text}`)?.hostname : undefined
  return domain && HOST_NAME.test(domain) ? domain : undefined
}

/** Undefined for what is no address that mail can be sent to. */
export function emailAddressOf(text: string): EmailAddress | undefined {
  if (text.length > MAX_ADDRESS) return undefined
  const at = text.lastIndexOf('@')
  const [local, domain] = [text.slice(0, Math.max(at, 0)), asciiDomain(text.slice(at + 1))]
  if (!domain || !isLocalPart(local) || octets(local) + 1 + domain.length > MAX_ADDRESS) return undefined
  return { local, domain }
}

/**
 * Makes addresses comparable. It ignores the case of the local part: RFC 5321 §2.4 lets case matter there, but no provider
 * in use distinguishes people by it.
 */
export function emailKeyOf(text: string): string {
  const address = emailAddressOf(text)
  return (address ? `${address.local}@${address.domain}` : text).normalize('NFC').toLowerCase()
}
