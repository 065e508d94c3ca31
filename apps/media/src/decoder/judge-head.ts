import { contentTypeOf } from './content-type.js'
import { isKnown, judgeStructure } from './structure/judge-structure.js'
import { HEAD_BYTES, type HeadVerdict } from './jobs.js'

/**
 * Judges a picture by its first bytes, before any of it is stored (OWASP ASVS 5.2.2, 5.2.6), and ignores the name and the
 * type that the client gave. Whoever decodes all of it has the last word.
 */
export async function judgeHead(head: Buffer): Promise<HeadVerdict> {
  const found = await contentTypeOf(head)
  if (!isKnown(found)) return { found: found ?? null, refusal: 'unsupported' }
  const { sized, refusal } = judgeStructure(found, head)
  // Most pictures state their size here; of the others (a long profile before it) the whole file is judged.
  if (!sized && head.length < HEAD_BYTES) return { found, refusal: refusal ?? 'damaged' }
  return { found, refusal: refusal ?? null }
}
