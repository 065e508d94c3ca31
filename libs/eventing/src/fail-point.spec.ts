import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FailPoint, parseFault } from './fail-point.js'

describe('what FAULT says', () => {
  it.each([
    ['outbox.afterSave:kill', { name: 'outbox.afterSave', action: 'kill', after: 0 }],
    ['mail.afterSend:throw:after3\n', { name: 'mail.afterSend', action: 'throw', after: 3 }],
    ['', undefined],
    [undefined, undefined],
    ['outbox.afterSave', undefined],
  ])('%j is understood', (text, fault) => expect(parseFault(text)).toEqual(fault))
})

describe('a fail-point', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-fault-'))
  const file = join(folder, 'fault')
  afterAll(() => rmSync(folder, { recursive: true }))

  /** As a process would load it that was started with this FAULT. */
  async function startedWith(fault: string | undefined): Promise<(name: FailPoint) => void | Promise<void>> {
    jest.resetModules()
    if (fault === undefined) delete process.env['FAULT']
    else process.env['FAULT'] = fault
    const { failPoint } = await import('./fail-point.js')
    delete process.env['FAULT']
    return failPoint
  }
  const said: string[] = []
  beforeEach(() => {
    said.length = 0
    jest.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0)
  })
  afterEach(() => jest.restoreAllMocks())

  it('is nothing, not even a promise, when FAULT is unset', async () => {
    const failPoint = await startedWith(undefined)
    expect(failPoint('outbox.afterSave')).toBeUndefined()
  })

  it('strikes where it is named, after as many passages as it lets through', async () => {
    const failPoint = await startedWith('relay.afterSend:throw:after1')
    expect(failPoint('relay.beforeSend')).toBeUndefined()
    await failPoint('relay.afterSend')
    await expect(failPoint('relay.afterSend')).rejects.toThrow('fail-point relay.afterSend')
    expect(said).toEqual(['fail-point relay.afterSend: throw\n'])
  })

  it('holds who passes until the file lets them go', async () => {
    const failPoint = await startedWith(`@${file}`)
    writeFileSync(file, 'relay.afterSend:hold')
    const passages: string[] = []
    const passing = Promise.resolve(failPoint('relay.afterSend')).then(() => passages.push('held'))
    await failPoint('relay.beforeSend')
    passages.push('free')
    rmSync(file)
    await passing
    expect(passages).toEqual(['free', 'held'])
  })

  it('is armed and disarmed by a file while the process runs', async () => {
    const failPoint = await startedWith(`@${file}`)
    expect(failPoint('relay.afterSend')).toBeUndefined()
    writeFileSync(file, 'relay.afterSend:throw')
    await expect(failPoint('relay.afterSend')).rejects.toThrow('fail-point relay.afterSend')
    rmSync(file)
    expect(failPoint('relay.afterSend')).toBeUndefined()
  })
})
