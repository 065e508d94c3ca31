import type { AttackName } from '@mpics/tools/attacks/names'

export interface Report {
  tried: string
  times: number
  through: readonly string[]
  seen?: readonly string[]
}

/** `npm test` attacks in short, `npm run attacks` at length. */
export const isLong = process.env['ATTACKS'] === 'long'
const TIMEOUT_MS = isLong ? 3_600_000 : 240_000
const SHOWN = 12

export const sized = (short: number, long: number): number => (isLong ? long : short)

/** A test that says what it tried, how often and what got through, and fails when something did. */
export function attack(name: AttackName, title: string, run: () => Promise<Report>): void {
  describe(name, () => {
    it(
      title,
      async () => {
        const report = await run()
        process.stdout.write(textOf(name, report))
        expect(report.through.slice(0, SHOWN)).toEqual([])
      },
      TIMEOUT_MS,
    )
  })
}

function textOf(name: AttackName, { tried, times, through, seen = [] }: Report): string {
  const head = `${name}: ${tried}, ${times} times; ${through.length} got through`
  return [head, ...seen, ...through.slice(0, SHOWN)].join('\n  ') + '\n'
}
