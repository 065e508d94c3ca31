import { closeSync, globSync, openSync, readFileSync, readSync } from 'node:fs'
import { basename, join } from 'node:path'
import { serviceNames, type Service } from '@mpics/tools/environment/system/services'

const CHUNK = 1 << 16
const FIRED = /fail-point ([\w.-]+): /g

export class ServiceLogs {
  private readonly readTo = new Map<string, number>()
  private readonly strikes = new Map<string, number>()

  constructor(private readonly folder: string) {}

  of(service: Service): string[] {
    return this.files(service).map((file) => readFileSync(file, 'utf8'))
  }

  /** By file. */
  all(): Record<string, string> {
    const files = globSync(join(this.folder, '*.log'))
    return Object.fromEntries(files.map((file) => [basename(file), readFileSync(file, 'utf8')]))
  }

  /** Lines of the request whose id is in a text, such as a problem. */
  about(text: string): string[] {
    const id = /urn:uuid:([0-9a-f-]+)/.exec(text)?.[1]
    const lines = serviceNames.flatMap((name) => this.of(name)).flatMap((log) => log.split('\n'))
    return lines.filter((line) => id && line.includes(id))
  }

  /** How often a fail-point has struck. It is asked again and again while logs grow, so it reads each line once. */
  fired(service: Service, name: string): number {
    for (const file of this.files(service))
      for (const [, point] of this.newLinesOf(file).matchAll(FIRED)) {
        const key = `${service} ${point}`
        this.strikes.set(key, (this.strikes.get(key) ?? 0) + 1)
      }
    return this.strikes.get(`${service} ${name}`) ?? 0
  }

  private files(service: Service): string[] {
    return globSync(join(this.folder, `${service}{,-*}.log`))
  }

  private newLinesOf(file: string): string {
    const from = this.readTo.get(file) ?? 0
    const added = addedTo(file, from)
    const whole = added.subarray(0, added.lastIndexOf('\n') + 1)
    this.readTo.set(file, from + whole.length)
    return whole.toString()
  }
}

function addedTo(file: string, from: number): Buffer {
  const descriptor = openSync(file, 'r')
  try {
    const chunks: Buffer[] = []
    for (let at = from; ; at += CHUNK) {
      const chunk = Buffer.alloc(CHUNK)
      const length = readSync(descriptor, chunk, 0, CHUNK, at)
      chunks.push(chunk.subarray(0, length))
      if (length < CHUNK) return Buffer.concat(chunks)
    }
  } finally {
    closeSync(descriptor)
  }
}
