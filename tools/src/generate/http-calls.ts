import { httpCallsModule } from '@mpics/contracts/catalogue'
import type { GeneratedFile } from './generated-file.js'

/** Writes the part of the calls that browsers know. */
export const httpCalls = (): GeneratedFile => ({
  path: 'libs/contracts/src/http/calls.generated.ts',
  content: httpCallsModule(),
})
