import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identity } from '@mpics/contracts'
import { eventually } from '@mpics/testing/eventually'
import type { Member } from '@mpics/tools/people/member'
import type { Running } from './system.js'

export interface Exported {
  id: string
  folder: string
}

/** Everything that is held about a member: as `all.zip` in a new folder, and unpacked beside it. */
export async function exported({ system }: Running, member: Member): Promise<Exported> {
  const { id } = await member.api.call(identity.requestExport, {})
  const told = await eventually('the export to be ready', async () => {
    const shown = await member.api.call(identity.getExport, { params: { id } })
    return shown.status === 'ready' && shown
  })
  const headers = { authorization: `Bearer ${member.accessToken}` }
  const answer = await fetch(new URL(told.url!, system.gatewayUrl), { headers })
  const zip = Buffer.from(await answer.arrayBuffer())
  if (createHash('sha256').update(zip).digest('hex') !== told.sha256) throw new Error('the export is another file')
  const folder = await mkdtemp(join(tmpdir(), 'mpics-exported-'))
  await writeFile(join(folder, 'all.zip'), zip)
  execFileSync('unzip', ['-q', join(folder, 'all.zip'), '-d', folder])
  return { id, folder }
}

export const exportedTo = async (running: Running, member: Member): Promise<string> =>
  (await exported(running, member)).folder
