import type { ApiDefinition } from '@mpics/contracts'
import type { z } from 'zod'

export interface Shown {
  asked: readonly object[]
  compared?: readonly object[] | null
}

export interface Answer {
  readonly api: ApiDefinition
  /** Of one row. */
  readonly row: z.ZodType
  readonly ask: (input: never) => Promise<Shown>
}

export function answerOf(api: ApiDefinition, row: z.ZodType, ask: Answer['ask']): Answer {
  return { api, row, ask }
}

export function listOf(api: ApiDefinition, ask: Answer['ask']): Answer {
  return answerOf(api, elementOf(api, 'items'), ask)
}

export function fieldOf({ answer }: ApiDefinition, name: string): z.ZodType {
  return (answer as z.ZodObject).shape[name] as z.ZodType
}

export function elementOf(api: ApiDefinition, name: string): z.ZodType {
  return (fieldOf(api, name) as z.ZodArray<z.ZodType>).element
}

export const items = (found: { items: readonly object[] }): Shown => ({ asked: found.items })
