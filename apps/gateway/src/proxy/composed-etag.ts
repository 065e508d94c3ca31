import { createHash } from 'node:crypto'

/**
 * A composed answer changes with each of its parts, but a change (`If-Match`) concerns the owner’s part alone. Its ETag is
 * therefore `"<the owner’s>~<hash of the whole>"`, and the edge takes the second half off again before it passes one on.
 */
export function composedEtag(ownersEtag: string | undefined, whole: unknown): string {
  const hash = createHash('sha1').update(JSON.stringify(whole)).digest('base64url').slice(0, 16)
  const [, weak = '', tag = ''] = /^(W\/)?"(.*)"$/.exec(ownersEtag ?? '') ?? []
  return `${weak}"${tag}~${hash}"`
}

/** Tags of `If-Match` as the owner gave them. */
export const ownersEtags = (ifMatch: string): string => ifMatch.replace(/~[\w-]{16}"/g, '"')
