import type { LoggerService } from '@nestjs/common'
import type { Logger } from './logger.js'

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'

/** These tell of each module and each route at every start. */
const OF_THE_START: readonly unknown[] = ['InstanceLoader', 'RoutesResolver', 'RouterExplorer']

/** Lets Nest's own Logger write to pino: the last string is the context, an object's members become the line's. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  verbose = (message: unknown, ...rest: unknown[]) => this.write('trace', message, rest)
  debug = (message: unknown, ...rest: unknown[]) => this.write('debug', message, rest)
  log = (message: unknown, ...rest: unknown[]) =>
    this.write(OF_THE_START.includes(rest.at(-1)) ? 'debug' : 'info', message, rest)
  warn = (message: unknown, ...rest: unknown[]) => this.write('warn', message, rest)
  error = (message: unknown, ...rest: unknown[]) => this.write('error', message, rest)
  fatal = (message: unknown, ...rest: unknown[]) => this.write('fatal', message, rest)

  private write(level: Level, message: unknown, rest: unknown[]): void {
    if (!this.logger.isLevelEnabled(level)) return
    const context = typeof rest.at(-1) === 'string' ? (rest.at(-1) as string) : undefined
    const others = context === undefined ? rest : rest.slice(0, -1)
    const err = [message, ...others].find((part) => part instanceof Error)
    const members = isPlain(message) ? message : others.find(isPlain)
    const text =
      [message, ...others].find((part) => typeof part === 'string') ??
      (err || (members && 'err' in members) ? 'failed' : undefined)
    this.logger[level]({ ...(context && { context }), ...members, ...(err && { err }) }, text)
  }
}

const isPlain = (part: unknown): part is object => typeof part === 'object' && part !== null && !(part instanceof Error)
