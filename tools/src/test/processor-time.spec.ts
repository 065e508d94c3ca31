import { spawnSync } from 'node:child_process'
import { processorSeconds, timed } from './processor-time.js'

const WORK = 'do var { user, system } = process.cpuUsage(); while (user + system < 200_000);'

describe('the processor time of a step', () => {
  it('is of the program and of what it waited for, whose code is the shell’s', () => {
    const nested = `require('node:child_process').spawnSync(process.execPath, ['-e', '${WORK}']); ${WORK} process.exit(7)`
    const { status, output } = spawnSync(...timed(process.execPath, ['-e', nested]), { stdio: Array(4).fill('pipe') })
    expect(status).toBe(7)
    expect(processorSeconds(String(output[3]))).toBeGreaterThan(0.3)
  })

  it.each(['.', ','])('is read where decimals are marked by “%s”', (mark) => {
    const told = `0m0.000s 0m0.010s\n1m2.500s 0m0.250s\n`.replaceAll('.', mark)
    expect(processorSeconds(told)).toBeCloseTo(62.75)
  })

  it('is nothing where the shell was ended', () => {
    expect(processorSeconds('')).toBe(0)
  })
})
