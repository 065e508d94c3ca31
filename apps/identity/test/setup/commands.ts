import * as testing from '@mpics/testing'
import { OWN, type ServiceHarness } from './service-harness.js'

/** What identity asks of its own collections during `work`. */
export const commandsOf = (
  { service }: ServiceHarness,
  work: () => Promise<unknown>,
  tell?: (what: string) => void,
): Promise<string[]> => testing.commandsOf(service, OWN, work, tell)
