import { Projections, type ProjectionStatus } from '@mpics/eventing'
import { eventually } from './eventually.js'
import type { TestService } from './test-service.js'

/** Resolves to the result of the finished rebuild. */
export async function rebuilt(
  service: TestService,
  name: string,
  allowEmpty = false,
): Promise<NonNullable<ProjectionStatus['rebuild']>> {
  const projections = service.get(Projections)
  await projections.rebuild(name, { by: 'a test', allowEmpty })
  return eventually(async () => {
    const { rebuild } = await projections.status(name)
    return rebuild?.state !== 'running' && rebuild
  })
}
