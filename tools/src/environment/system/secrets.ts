import { generateKeyPairSync, randomBytes, type JsonWebKey } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serviceNames, type Service } from './services.js'

type Jwk = JsonWebKey & { kid: string }

/** The secrets of a local installation: made once, mode 600, different on every machine. */
export interface Secrets {
  /** One key pair for each service: its calls to others. */
  internal: Record<Service, Jwk>
  /** Whoever runs this installation gives orders with it. */
  operator: Jwk
  /** Two overlapping keys for access tokens. */
  signing: Jwk[]
  /** Signs consent receipts. */
  receipts: Jwk[]
  /** Random values by variable name. */
  random: Record<string, string>
}

function es256(kid: string): Jwk {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }
}

const make = (): Secrets => ({
  internal: Object.fromEntries(serviceNames.map((name) => [name, es256(name)])) as Record<Service, Jwk>,
  operator: es256('operator'),
  signing: [es256(`access-${randomBytes(4).toString('hex')}`), es256(`access-${randomBytes(4).toString('hex')}`)],
  receipts: [es256(`receipt-${randomBytes(4).toString('hex')}`)],
  random: {},
})

export class SecretStore {
  private constructor(
    private readonly file: string,
    readonly secrets: Secrets,
  ) {}

  static async open(folder: string): Promise<SecretStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, 'secrets.json')
    const found = await readFile(file, 'utf8').catch(() => undefined)
    const [made, kept] = [make(), found ? (JSON.parse(found) as Partial<Secrets>) : {}]
    // a service that is newer than the file gets its key
    const internal = { ...made.internal, ...kept.internal }
    const store = new SecretStore(file, { ...made, ...kept, internal })
    await store.save()
    return store
  }

  /** 256 random bits for a variable, the same at every start. */
  random(variable: string): string {
    return (this.secrets.random[variable] ??= randomBytes(32).toString('base64url'))
  }

  async save(): Promise<void> {
    await writeFile(`${this.file}.new`, JSON.stringify(this.secrets), { mode: 0o600 })
    await chmod(`${this.file}.new`, 0o600)
    await rename(`${this.file}.new`, this.file)
  }

  publicKeys(): string {
    return JSON.stringify({ keys: Object.values(this.secrets.internal).map(publicPart) })
  }

  operatorKeys(): string {
    return JSON.stringify({ keys: [publicPart(this.secrets.operator)] })
  }
}

const publicPart = ({ kty, crv, x, y, kid }: Jwk) => ({ kty, crv, x, y, kid })
