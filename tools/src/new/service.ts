import { serviceNames } from '@mpics/contracts'
import { UserFacingError } from '../environment/user-facing-error.js'
import { assertWords } from './names.js'
import { addApplication } from './service-application.js'
import { addContracts } from './service-contracts.js'
import { addDeployment } from './service-deployment.js'
import type { Workspace } from './workspace.js'

/** A service that starts, is deployed and answers nothing yet, with an empty namespace in the contracts. */
export function newService(workspace: Workspace, name: string): void {
  assertWords(name, 'a service')
  if (name.includes('-')) throw new UserFacingError(`“${name}” names variables and a namespace: use one word.`)
  if (serviceNames.some((one) => one === name) || workspace.exists(`apps/${name}/package.json`))
    throw new UserFacingError(`There is an application “${name}” already.`)
  addContracts(workspace, name)
  addApplication(workspace, name)
  addDeployment(workspace, name)
}
