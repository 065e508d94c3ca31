import { createPrivateKey, createPublicKey, type JsonWebKey } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serviceNames } from '@mpics/contracts'
import { runNode } from '@mpics/testing'

const mpics = (...args: string[]) => runNode(join(import.meta.dirname, '../dist/main.js'), args)
type Named = JsonWebKey & { kid: string }
const keysIn = (text: string) => (JSON.parse(text) as { keys: Named[] }).keys
const thumb = ({ x, y }: JsonWebKey) => `${x}${y}`

describe('mpics keys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-keys-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  const read = (place: string, file: string) =>
    Object.fromEntries(
      readFileSync(join(place, file), 'utf8')
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ) as Record<string, string>

  it('make all of a new installation: every service trusts every other, and nobody else can read them', async () => {
    const place = join(folder, 'new/one')
    const made = await mpics('keys', 'make', place, '--operator', 'ann', '--dkim', 'mail.example:s1')
    expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: '' })
    expect(made.out).not.toMatch(/"d"|PRIVATE/)
    const files = readdirSync(place)
    expect(files.sort()).toEqual([...serviceNames.map((name) => `${name}.env`), 'operator.jwk', 'dkim.txt'].sort())
    expect(statSync(place).mode & 0o777).toBe(0o700)
    for (const file of files) expect(statSync(join(place, file)).mode & 0o777).toBe(0o600)
    const all = new Map(serviceNames.map((name) => [name, read(place, `${name}.env`)]))
    for (const [name, variables] of all) {
      const own = JSON.parse(variables['INTERNAL_PRIVATE_KEY']!) as Named
      expect([own.kid, Boolean(own.d)]).toEqual([name, true])
      for (const other of all.values()) expect(keysIn(other['INTERNAL_PUBLIC_KEYS']!).map(thumb)).toContain(thumb(own))
      expect(variables['INTERNAL_PUBLIC_KEYS']).not.toContain('"d"')
    }
    const operator = JSON.parse(readFileSync(join(place, 'operator.jwk'), 'utf8')) as Named
    expect(keysIn(all.get('media')!['OPERATOR_PUBLIC_KEYS']!)).toEqual([
      expect.objectContaining({ kid: 'ann', x: operator.x }),
    ])
    expect(all.get('gateway')!['OPERATOR_PUBLIC_KEYS']).toBeUndefined()
    const [, , pem] = /^([^:]+:[^:]+):(.+)$/.exec(all.get('notifications')!['NOTIFICATIONS_DKIM']!)!
    const published = createPublicKey(createPrivateKey(pem!.replaceAll('\\n', '\n')))
    const record = readFileSync(join(place, 'dkim.txt'), 'utf8')
    expect(record).toContain(published.export({ format: 'der', type: 'spki' }).toString('base64'))
  })

  it('never overwrite any, also when two make them at the same time', async () => {
    const place = join(folder, 'twice')
    const runs = await Promise.all([mpics('keys', 'make', place), mpics('keys', 'make', place)])
    expect(runs.map(({ code }) => code).sort()).toEqual([0, 1])
    const kept = readFileSync(join(place, 'identity.env'), 'utf8')
    const again = await mpics('keys', 'make', place)
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('never overwritten')])
    expect(readFileSync(join(place, 'identity.env'), 'utf8')).toBe(kept)
    expect(readdirSync(folder).filter((name) => name.startsWith('twice'))).toEqual(['twice'])
  })

  it.each([
    ['IDENTITY_SIGNING_KEYS', /^IDENTITY_SIGNING_KEYS=\{"keys":\[\{[^}]*"kid":"access-[^}]*\}\]\}\n$/],
    ['GATEWAY_VISITOR_KEY', /^GATEWAY_VISITOR_KEY=[\w-]{43}\n$/],
    [
      'INTERNAL_PRIVATE_KEY --of media',
      /^INTERNAL_PRIVATE_KEY=\{.*"kid":"media".*\}\nINTERNAL_PUBLIC_KEYS=\{"keys":\[.*\n$/,
    ],
    ['OPERATOR_PUBLIC_KEYS --of bob', /^MPICS_OPERATOR_KEY=\{.*"kid":"bob".*\}\nOPERATOR_PUBLIC_KEYS=\{"keys":\[.*\n$/],
  ])('make the next one: %s', async (words, lines) => {
    const [one, other] = [
      await mpics('keys', 'next', ...words.split(' ')),
      await mpics('keys', 'next', ...words.split(' ')),
    ]
    expect([one.code, one.err]).toEqual([0, ''])
    expect(one.out).toMatch(lines)
    expect(one.out).not.toBe(other.out)
  })

  it.each([
    'next MONGODB_URI',
    'next INTERNAL_PRIVATE_KEY',
    'next INTERNAL_PRIVATE_KEY --of me',
    'make x --dkim nonsense',
  ])('wrong usage ends with 2: %s', async (words) => {
    const { code, out } = await mpics('keys', ...words.split(' '))
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })
})
