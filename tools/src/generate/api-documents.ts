import { openApiDocument, publicApis } from '@mpics/contracts/catalogue'
import type { GeneratedFile } from './generated-file.js'

/** The public API as one OpenAPI 3.1 document. */
export const apiDocuments = (version: string): GeneratedFile[] => [
  {
    path: 'docs/openapi.json',
    content: `${JSON.stringify(openApiDocument(publicApis, { version }), null, 2)}\n`,
  },
]
