import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../environment/root.js'

describe('the gate on a machine that lacks programs', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mpics-gate-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const run = (programs: Record<string, string>) => {
    const all = { dirname: 'exec /usr/bin/dirname "$@"', ...programs }
    for (const [name, text] of Object.entries(all))
      writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o700 })
    return spawnSync('/bin/bash', [join(root, '.ci/run')], { env: { PATH: folder }, stdio: 'ignore' }).status
  }
  const npm = (setUp: number) => `case $* in test) exit 9 ;; esac; exit ${setUp}`
  const installed = 'installed'
  const aptGet = (code: number) => `/bin/sleep 0.2; : >>"$(dirname "$0")/${installed}"; exit ${code}`

  it.each([
    ['tests once both have done their work', 0, 0, 9],
    ['fails as the set-up does, when the installation has ended', 3, 0, 3],
    ['fails as the installation does', 0, 100, 100],
  ])('%s', (_title, setUp, apt, code) => {
    expect(run({ npm: npm(setUp), 'apt-get': aptGet(apt) })).toBe(code)
    expect(existsSync(join(folder, installed))).toBe(true)
  })
})
