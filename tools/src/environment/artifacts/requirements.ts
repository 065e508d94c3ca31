import { UserFacingError } from '../user-facing-error.js'
import { run } from '../run.js'

export interface Requirement {
  name: string
  command: [string, ...string[]]
  /** The first number that the command prints. */
  atLeast: number
  install: string
}

export const PIP: Requirement = {
  name: 'Python 3 with pip',
  command: ['python3', '-m', 'pip', '--version'],
  atLeast: 19,
  install: 'sudo apt-get install -y python3 python3-pip',
}
export const PYTHON: Requirement = {
  name: 'Python 3.11 or newer with venv and pip',
  command: ['python3', '-c', 'import sys, venv, pip; print(sys.version)'],
  atLeast: 3.11,
  install: 'sudo apt-get install -y python3 python3-venv python3-pip',
}
export const GO: Requirement = {
  name: 'Go 1.25 or newer',
  command: ['go', 'version'],
  atLeast: 1.25,
  install: 'see https://go.dev/doc/install',
}

/** `instead` names the variable, if there is one, with which the server that needs this can be had from elsewhere. */
export async function demand(requirement: Requirement, neededBy: string, instead?: string): Promise<void> {
  const [command, ...args] = requirement.command
  if (firstNumber(await run(command, args).catch(() => '')) >= requirement.atLeast) return
  const wayAround = instead ? `, or set ${instead} to a server that runs already` : ''
  throw new UserFacingError(
    `${requirement.name} is missing, and ${neededBy} needs it. Install it (${requirement.install})${wayAround}.`,
  )
}

/** As a version, so that 1.9 is less than 1.25. */
export function firstNumber(text: string): number {
  const [, major, minor] = /(\d+)(?:\.(\d+))?/.exec(text.replace(/\u001b\[[0-9;]*m/g, '')) ?? []
  return major === undefined ? 0 : Number(`${major}.${(minor ?? '0').padStart(2, '0')}`)
}
