import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { Injectable } from '@nestjs/common'
import ipaddr from 'ipaddr.js'

const require = createRequire(import.meta.url)
const file = (name: string) =>
  require.resolve(`@ip-location-db/geo-whois-asn-country/geo-whois-asn-country-${name}.csv`)

const TWO_TO_80 = 2n ** 80n
/** IPv4 as a 32-bit number, IPv6 as its first 48 bits: facts hold no more of it, and a double is exact. */
const keyOf = { v4: Number, v6: (n: string) => Number(BigInt(n) / TWO_TO_80) }

/** Sorted ranges in flat arrays take 18 bytes each; objects would take ten times that. */
class Ranges {
  private starts = new Float64Array(1 << 18)
  private ends = new Float64Array(1 << 18)
  private countries = new Uint16Array(1 << 18)
  private length = 0

  add(start: number, end: number, country: string): void {
    if (this.length === this.starts.length) this.resize(this.length * 2)
    this.starts[this.length] = start
    this.ends[this.length] = end
    this.countries[this.length++] = (country.charCodeAt(0) << 8) | country.charCodeAt(1)
  }

  resize(capacity = this.length): this {
    const grown = <T extends Float64Array | Uint16Array>(from: T, to: T): T => (to.set(from.subarray(0, capacity)), to)
    this.starts = grown(this.starts, new Float64Array(capacity))
    this.ends = grown(this.ends, new Float64Array(capacity))
    this.countries = grown(this.countries, new Uint16Array(capacity))
    return this
  }

  find(key: number): string | null {
    let low = 0
    let high = this.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      if (key < this.starts[middle]!) high = middle - 1
      else if (key > this.ends[middle]!) low = middle + 1
      else return String.fromCharCode(this.countries[middle]! >> 8, this.countries[middle]! & 0xff)
    }
    return null
  }
}

async function load(name: string, toKey: (n: string) => number): Promise<Ranges> {
  const ranges = new Ranges()
  for await (const line of createInterface({ input: createReadStream(file(name)) })) {
    const [start, end, country] = line.split(',')
    if (country?.length === 2) ranges.add(toKey(start!), toKey(end!), country)
  }
  return ranges.resize()
}

const numberOf = (bytes: number[]) => bytes.reduce((sum, byte) => sum * 256 + byte, 0)

/** Finds countries in the registries’ public records (geo-whois-asn-country, CC0), which it loads on first use. */
@Injectable()
export class Countries {
  private v4?: Promise<Ranges>
  private v6?: Promise<Ranges>

  async of(prefix: string | null): Promise<string | null> {
    const address = prefix?.split('/')[0]
    if (!address) return null
    const ip = ipaddr.parse(address)
    if (ip.range() !== 'unicast') return null
    const bytes = ip.toByteArray()
    return ip.kind() === 'ipv4'
      ? (await this.ranges('v4')).find(numberOf(bytes))
      : (await this.ranges('v6')).find(numberOf(bytes.slice(0, 6)))
  }

  /** A file that could not be read is read again by whoever asks next. */
  private ranges(name: 'v4' | 'v6'): Promise<Ranges> {
    return (this[name] ??= load(`ip${name}-num`, keyOf[name]).catch((error: unknown) => {
      this[name] = undefined
      throw error
    }))
  }
}
