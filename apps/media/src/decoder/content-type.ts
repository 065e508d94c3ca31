import { fileTypeFromBuffer } from 'file-type'
import { brandsOf } from './structure/avif-structure.js'

/**
 * The type that the content tells. A PNG that moves is a PNG, and is judged by its chunks; AVIF may be one of several kinds that a
 * file says it is (AVIF 1.2 §6).
 */
export async function contentTypeOf(bytes: Buffer): Promise<string | undefined> {
  if (brandsOf(bytes).some((brand) => brand === 'avif' || brand === 'avis')) return 'image/avif'
  const type = (await fileTypeFromBuffer(bytes))?.mime
  return type === 'image/apng' ? 'image/png' : type
}
