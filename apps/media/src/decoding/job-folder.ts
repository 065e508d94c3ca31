import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An empty folder for a picture and its renditions; whoever asked for it removes it. */
export const openJobFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'mpics-render-'))
