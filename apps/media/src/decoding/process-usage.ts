import { readFile } from 'node:fs/promises'

export interface Usage {
  cpuSeconds: number
  bytes: number
}

/** Clock ticks of a second and bytes of a page, which Linux tells user space for every architecture here. */
const [TICKS, PAGE_BYTES] = [100, 4096]

/** What a process has used (proc_pid_stat(5)); undefined where there is no such account, or no such process. */
export async function usageOf(pid: number | undefined): Promise<Usage | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined)
  // The second field is the program's name, in parentheses, and may hold blanks.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (!fields) return undefined
  return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS, bytes: Number(fields[21]) * PAGE_BYTES }
}
