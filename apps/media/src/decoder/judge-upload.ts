import { readFile } from 'node:fs/promises'
import { contentTypeOf } from './content-type.js'
import { isKnown, judgeStructure } from './structure/judge-structure.js'
import type { Verdict } from './jobs.js'

/** Judges the work of decoding by the whole file, none of it decoded. */
export async function judgeUpload(source: string): Promise<Verdict> {
  const file = await readFile(source)
  const found = await contentTypeOf(file)
  if (!isKnown(found)) return { rejection: 'not-a-picture' }
  const { sized, refusal, work } = judgeStructure(found, file)
  if (refusal) return { rejection: refusal }
  return sized ? { work } : { rejection: 'damaged' }
}
