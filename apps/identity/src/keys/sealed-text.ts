import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Overlapping } from '@mpics/service-kit'

const [IV_BYTES, TAG_BYTES] = [12, 16]

/** AES-256-GCM, so that nobody without the key reads or alters it. It opens only for what it is bound to. */
export function sealText(text: string, [key]: Overlapping<Buffer>, boundTo: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(boundTo))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Null where none of the keys sealed it. */
export function openText(sealed: string, keys: readonly Buffer[], boundTo: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  for (const key of keys) {
    const text = open(bytes, key, boundTo)
    if (text !== null) return text
  }
  return null
}

function open(bytes: Buffer, key: Buffer, boundTo: string): string | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(boundTo)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
