import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

const ORIGIN = 'http://localhost:8080'
const [PRESENT, VERIFIED, WITH_CREDENTIAL] = [0x01, 0x04, 0x40]

export interface Circumstances {
  origin?: string
  rpId?: string
  counter?: number
  /** Without a PIN or finger. */
  unverified?: boolean
  /** Of another account. */
  userHandle?: string
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest()
const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)])
/** Fewer than 256, as canonical CBOR writes them (CTAP2 §8). */
const bytes = (value: Buffer) => Buffer.concat([Buffer.from([0x58, value.length]), value])

/** A passkey as an authenticator holds it, which answers as browsers do (WebAuthn Level 3, §6.1 and §6.5.4; ES256, no attestation). */
export class SoftwareAuthenticator {
  readonly id = randomBytes(20)
  readonly credentialId = this.id.toString('base64url')
  userHandle = ''
  counter = 0
  private readonly privateKey: KeyObject
  private readonly coseKey: Buffer

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x, y } = publicKey.export({ format: 'jwk' })
    const coordinate = (value: string) => Buffer.from(value, 'base64url')
    this.privateKey = privateKey
    this.coseKey = Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      ...[bytes(coordinate(x!)), Buffer.from([0x22]), bytes(coordinate(y!))],
    ])
  }

  /** Answers the options of `POST /v1/me/passkeys/options`. */
  make({ challenge, user }: { challenge: string; user: { id: string } }, how: Circumstances = {}) {
    this.userHandle = user.id
    const length = Buffer.from([0, this.id.length])
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, this.coseKey])
    const authData = Buffer.concat([this.authenticatorData(how, WITH_CREDENTIAL), credential])
    const attestation = Buffer.concat([
      ...[Buffer.from([0xa3]), text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0])],
      ...[text('authData'), bytes(authData)],
    ])
    const clientDataJSON = this.clientData('webauthn.create', challenge, how).toString('base64url')
    const response = {
      clientDataJSON,
      attestationObject: attestation.toString('base64url'),
      transports: ['internal', 'hybrid'],
    }
    return {
      id: this.credentialId,
      rawId: this.credentialId,
      type: 'public-key' as const,
      response,
      clientExtensionResults: {},
    }
  }

  /** Answers the options of `POST /v1/sessions/passkey/options`. */
  use({ challenge }: { challenge: string }, how: Circumstances = {}) {
    this.counter = how.counter ?? this.counter + 1
    const authenticatorData = this.authenticatorData({ counter: this.counter, ...how }, 0)
    const clientData = this.clientData('webauthn.get', challenge, how)
    const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientData)]), this.privateKey)
    const response = {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: how.userHandle ?? this.userHandle,
    }
    return {
      id: this.credentialId,
      rawId: this.credentialId,
      type: 'public-key' as const,
      response,
      clientExtensionResults: {},
    }
  }

  private clientData(type: string, challenge: string, { origin = ORIGIN }: Circumstances): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  private authenticatorData({ rpId = 'localhost', counter = 0, unverified }: Circumstances, more: number): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    const flags = PRESENT | (unverified ? 0 : VERIFIED) | more
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count])
  }
}
