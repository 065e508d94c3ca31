/** Settings that the measurement started this process with. */
export const settings = <T>(): T => JSON.parse(process.argv[2] ?? '{}') as T

type Command = (argument: never) => unknown

/** Does what the measurement asks of this process, until it goes away. */
export function answer(commands: Record<string, Command>): void {
  process.on('message', ({ id, command, argument }: { id: number; command: string; argument: never }) => {
    void Promise.resolve()
      .then(() => commands[command]!(argument))
      .then(
        (result) => process.send!({ id, result }),
        (error: Error) => process.send!({ id, error: error.stack }),
      )
  })
  process.on('disconnect', () => process.exit())
  process.send!({ id: 0 })
}
