import { Listr } from 'listr2'
import type { Progress } from '../artifacts/progress.js'

const isWide = process.stdout.isTTY && process.stdout.columns > 40

/** Side by side, with a line each: a moving one on a terminal, plain ones in a log. */
export const progressLines: Progress = async (steps) => {
  const tasks = steps.map(({ title, run }) => ({
    title,
    task: async (_: unknown, line: { title: string; output: string }) => {
      const last = await run((text) => void (line.output = isWide ? text : `${title}: ${text}`))
      line.title = `${title}: ${last}`
    },
  }))
  const renderer = isWide ? 'default' : 'simple'
  await new Listr(tasks, { concurrent: true, registerSignalListeners: false, renderer }).run()
}
