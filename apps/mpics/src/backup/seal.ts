import { Decrypter, Encrypter } from 'age-encryption'
import type { Bytes } from './place.js'

export type Through = (bytes: Bytes) => Bytes

const web = (bytes: Bytes) => ReadableStream.from(bytes) as unknown as ReadableStream<Uint8Array>

async function* buffers(stream: Promise<ReadableStream<Uint8Array>>): AsyncGenerator<Buffer> {
  for await (const chunk of (await stream) as unknown as AsyncIterable<Uint8Array>)
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}

class KeyRefusedError extends Error {
  constructor(what: string) {
    super(`${what}: see age-keygen, or docs/runbooks/backup-and-restore.md`)
    this.name = 'KeyRefusedError'
  }
}

/** Encrypts to public keys of age (https://age-encryption.org/v1), so that whoever makes backups cannot read them. */
export function sealing(recipients: readonly string[]): Through {
  const encrypter = new Encrypter()
  try {
    for (const recipient of recipients) encrypter.addRecipient(recipient)
  } catch {
    throw new KeyRefusedError('a recipient is no public key of age (age1…)')
  }
  return (bytes) => buffers(encrypter.encrypt(web(bytes)))
}

/** The lines of a file that age-keygen made. */
export function opening(identities: string): Through {
  const decrypter = new Decrypter()
  const keys = identities.split('\n').filter((line) => line.startsWith('AGE-SECRET-KEY-'))
  try {
    for (const key of keys) decrypter.addIdentity(key.trim())
  } catch {
    throw new KeyRefusedError('the key file holds no private key of age')
  }
  if (keys.length === 0) throw new KeyRefusedError('the key file holds no private key of age')
  return (bytes) => buffers(decrypter.decrypt(web(bytes)))
}

export const asIs: Through = (bytes) => bytes
