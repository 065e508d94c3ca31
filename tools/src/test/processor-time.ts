/** A shell around a program tells by its fourth stream how long processors worked for it and for whatever it waited for. */
const SCRIPT = '"$@" 3>&-; code=$?; times >&3; exit $code'

export const timed = (program: string, args: readonly string[]): [program: string, args: string[]] => [
  'sh',
  ['-c', SCRIPT, 'sh', program, ...args],
]

/** What `times` told: a line of the shell itself, and one of its children. The shell writes decimals as its language does. */
export function processorSeconds(told: string): number {
  const [, ofChildren = ''] = told.split('\n')
  const times = [...ofChildren.matchAll(/(\d+)m([\d.,]+)s/g)]
  return times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds!.replace(',', '.')), 0)
}
