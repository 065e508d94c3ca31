export interface ServerOptions {
  /** Data and logs are kept below it. */
  folder: string
  port: number
  forTests?: boolean
  say?: (line: string) => void
}
