import { UserFacingError } from '../environment/user-facing-error.js'
import { pythonPrograms } from '../environment/artifacts/python-environment.js'

// Fetched before the tests that use them, or two of those would fetch the same side by side.
try {
  await pythonPrograms()
  await pythonPrograms(undefined, 'checkov')
} catch (error) {
  console.error(error instanceof UserFacingError ? error.message : error)
  process.exitCode = 1
}
