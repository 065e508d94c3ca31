import { createRequire, isBuiltin } from 'node:module'
import { compileFunction, constants } from 'node:vm'
import Runtime from 'jest-runtime'

const load = createRequire(import.meta.url)
const isOurs = (name) => /^(\.|\/|@mpics\/)/.test(name)
/** Our sources change their prototypes when they are evaluated, and a test looks at them before. */
const isPatched = (name) => /^(kafkajs|nodemailer)($|\/)/.test(name)
const isShared = (name) => !isOurs(name) && !isPatched(name) && !isBuiltin(name)

/** Each test file evaluates our own sources; packages are loaded by Node, once a process, as in production. */
export default class SharedPackages extends Runtime {
  constructor(...given) {
    super(...given)
    const { executor } = this
    executor.compile = (source, filename) =>
      compileFunction(source, executor.injectedModuleParameters, {
        filename,
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      })
  }

  requireModule(from, name, options, isActual) {
    if (!name || options || !isShared(name)) return super.requireModule(from, name, options, isActual)
    // by the conditions of an import, or a package would be there twice
    return load(this._resolution.resolveEsm(from, name))
  }
}
