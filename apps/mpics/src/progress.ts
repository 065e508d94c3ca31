export class Progress {
  private shown = false

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  show(line: string): void {
    if (!this.stream.isTTY) return
    this.shown = true
    this.stream.write(`\r\u001b[2K${line.slice(0, this.stream.columns - 1)}`)
  }

  end(): void {
    if (this.shown) this.stream.write('\r\u001b[2K')
    this.shown = false
  }
}

export const count = (n: number): string => n.toLocaleString('en')
