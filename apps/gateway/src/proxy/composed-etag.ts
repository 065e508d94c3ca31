import { hash } from 'node:crypto'

/**
 * A composed answer changes with each of its parts, but `If-Match` concerns the owner’s part alone. Its ETag is therefore
 * `"<the owner’s>~<hash of the whole>"`, and the gateway cuts the second half off before it forwards one.
 */
export function composedEtag(ownersEtag: string | undefined, whole: string): string {
  const tagOfWhole = hash('sha1', whole, 'base64url').slice(0, 16)
  const [, weak = '', tag = ''] = /^(W\/)?"(.*)"$/.exec(ownersEtag ?? '') ?? []
  return `${weak}"${tag}~${tagOfWhole}"`
}

/** Restores the owner’s tags in an `If-Match`. */
export const ownersEtags = (ifMatch: string): string => ifMatch.replace(/~[\w-]{16}"/g, '"')
