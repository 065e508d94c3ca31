import { fileTypeFromBuffer } from 'file-type'

/** The type that the content tells; a PNG that moves is a PNG, and is judged by its chunks. */
export async function contentTypeOf(bytes: Buffer): Promise<string | undefined> {
  const type = (await fileTypeFromBuffer(bytes))?.mime
  return type === 'image/apng' ? 'image/png' : type
}
