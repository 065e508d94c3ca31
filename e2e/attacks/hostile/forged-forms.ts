import { createHmac } from 'node:crypto'

type Changes = Record<string, unknown>

/** Tokens of forms that are made up from good ones: altered, cut, signed by others, or dressed as something else. */
export function forgedForms(good: string, other: string, publicKeys: string): string[] {
  const [said, mac] = good.split('.') as [string, string]
  const [otherSaid, otherMac] = other.split('.') as [string, string]
  const claims = JSON.parse(Buffer.from(said, 'base64url').toString()) as Changes
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const changed = (changes: Changes) => `${encode({ ...claims, ...changes })}.${mac}`
  const keyed = (key: string) =>
    `${said}.${createHmac('sha256', key).update(Buffer.from(said, 'base64url')).digest('base64url')}`
  const headed = ['none', 'None', 'HS256', 'ES256', ''].flatMap((alg) => [
    `${encode({ alg, typ: 'JWT' })}.${said}.`,
    `${encode({ alg, typ: 'JWT' })}.${said}.${mac}`,
  ])
  const flipped = Array.from(
    { length: good.length },
    (_, i) => good.slice(0, i) + (good[i] === 'A' ? 'B' : 'A') + good.slice(i + 1),
  )
  const cut = Array.from({ length: good.length - 1 }, (_, i) => good.slice(0, i + 1))
  return [
    ...flipped,
    ...cut,
    ...headed,
    ...[publicKeys, '', 'secret', 'consent-forms'].map(keyed),
    ...[
      { accountId: '01931f3e-0000-7000-8000-000000000001' },
      { purpose: 'email-offers' },
      { noticeVersion: '2999-01-01' },
    ].map(changed),
    ...[{ shownAt: '2999-01-01T00:00:00.000Z' }, { language: 'xx' }, { surface: 'one-click' }, { choices: [] }, {}].map(
      (c) => changed({ ...c, extra: 1 }),
    ),
    ...[
      `${said}.${otherMac}`,
      `${otherSaid}.${mac}`,
      `${said}.`,
      `.${mac}`,
      `${good}.${mac}`,
      ` ${good}`,
      `${good}=`,
      `${good}\n`,
    ],
    ...[said, mac, 'null', '[]', '{}', '\u0000', '🎞️', 'a'.repeat(4_000)],
  ]
}
