const BEARER = /^Bearer +([\w-]+\.[\w-]+\.([\w-]+))$/i
const MAX_LENGTH = 4_096

/**
 * The signed token (RFC 7519) of an `Authorization` header that holds nothing else. A token has one spelling: the spare bits of its
 * signature's last letter would give it sixteen, each of which a cache would take for another token.
 */
export function bearerTokenOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length > MAX_LENGTH) return undefined
  const [, token, signature] = BEARER.exec(authorization) ?? []
  if (token === undefined || signature === undefined) return undefined
  return Buffer.from(signature, 'base64url').toString('base64url') === signature ? token : undefined
}

const USUAL = 'Bearer '

/** The same without a look at it, which is enough to find a token that was good before. */
export const unreadTokenOf = (authorization = ''): string =>
  authorization.startsWith(USUAL) ? authorization.slice(USUAL.length) : ''
