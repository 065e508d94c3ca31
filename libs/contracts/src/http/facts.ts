import type { ApiDefinition } from '../define/define-api.js'
import type { CallFacts } from './call.js'

export const factsOf = (api: ApiDefinition): CallFacts => ({
  name: api.name,
  method: api.method,
  path: api.path,
  status: api.status,
  access: api.access,
  scope: api.scope,
  ...(api.bodyType && { bodyType: api.bodyType }),
  ...(api.answerTypes && { answerTypes: api.answerTypes }),
  ...(api.idempotent && { idempotent: true }),
})
