import type { DeadLetterFilter } from '@mpics/eventing'
import type { Command } from 'commander'

export interface DeadLetterOptions {
  group?: string
  topic?: string
  reaction?: string
  type?: string
}

export const filterOptions = (command: Command): Command =>
  command
    .option('--group <service>', 'of one service')
    .option('--topic <topic>', 'of one topic')
    .option('--reaction <name>', 'given up by one reaction')
    .option('--type <type>', 'events of one type')

export const filterOf = ({ group, topic, reaction, type }: DeadLetterOptions): DeadLetterFilter => ({
  ...(group && { group }),
  ...(topic && { topic }),
  ...(reaction && { reaction }),
  ...(type && { type }),
})
