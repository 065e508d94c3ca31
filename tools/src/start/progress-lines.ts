import { Listr } from 'listr2'
import type { Progress } from '../stack/progress.js'

/** Side by side, with a line each: a moving one on a terminal, plain ones in a log. */
export const progressLines: Progress = async (steps) => {
  const tasks = steps.map(({ title, run }) => ({
    title,
    task: async (_: unknown, line: { title: string; output: string }) => {
      const last = await run((text) => void (line.output = process.stdout.isTTY ? text : `${title}: ${text}`))
      line.title = `${title}: ${last}`
    },
  }))
  const renderer = process.stdout.isTTY ? 'default' : 'simple'
  await new Listr(tasks, { concurrent: true, registerSignalListeners: false, renderer }).run()
}
