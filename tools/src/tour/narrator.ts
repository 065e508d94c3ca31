const bold = (s: string) => (process.stdout.isTTY ? `\u001b[1m${s}\u001b[0m` : s)
const dim = (s: string) => (process.stdout.isTTY ? `\u001b[2m${s}\u001b[0m` : s)

/** Prints the tour: numbered steps, and what was seen under each. */
export class Narrator {
  private step = 0

  constructor(private readonly print: (line: string) => void = console.log) {}

  title(text: string): void {
    this.print(`\n${bold(`${++this.step}. ${text}`)}`)
  }

  seen(label: string, value: unknown): void {
    this.print(`   ${dim(label.padEnd(14))} ${String(value)}`)
  }

  line(text: string): void {
    this.print(`   ${text}`)
  }
}
