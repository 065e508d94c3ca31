export type Say = (line: string) => void

export interface Step {
  title: string
  /** The text it resolves to is printed last. */
  run: (say: Say) => Promise<string>
}

export type Progress = (steps: Step[]) => Promise<void>

/** Side by side, without a word. */
export const quietly: Progress = async (steps) => {
  await Promise.all(steps.map(({ run }) => run(() => undefined)))
}
