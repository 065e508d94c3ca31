import { httpCallsModule } from '@mpics/contracts/catalogue'
import type { GeneratedFile } from './generated-file.js'

/** What browsers know of the calls. */
export const httpCalls = (): GeneratedFile => ({
  path: 'libs/contracts/src/http/calls.generated.ts',
  content: httpCallsModule(),
})
