import { ModernFakeTimers } from '@jest/fake-timers'
import { ModuleMocker } from 'jest-mock'

/** Where Jest's runner keeps its state; other symbols of the registry are of packages, which stay. */
const OF_RUNNER = /^(EVENT_HANDLERS|TEST_TIMEOUT_SYMBOL|RETRY_.*|WAIT_BEFORE_RETRY|LOG_ERRORS_BEFORE_RETRY)$/
const isOfRunner = (key) => typeof key === 'symbol' && OF_RUNNER.test(Symbol.keyFor(key) ?? 'RETRY_')

/** Test files run in the context of the process, so that packages loaded once are the same for all of them. */
export default class SingleContext {
  global = globalThis
  fakeTimers = null
  moduleMocker = new ModuleMocker(globalThis)

  constructor({ projectConfig }) {
    this.conditions = projectConfig.testEnvironmentOptions.customExportConditions
    // not that of a test file, which is set later
    this.console = console
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis })
  }

  async setup() {
    this.before = { env: { ...process.env }, keys: new Set(Reflect.ownKeys(globalThis)) }
  }

  async teardown() {
    this.fakeTimersModern.dispose()
    this.moduleMocker.restoreAllMocks()
    globalThis.console = this.console
    for (const name of Object.keys(process.env)) if (!(name in this.before.env)) delete process.env[name]
    Object.assign(process.env, this.before.env)
    for (const key of Reflect.ownKeys(globalThis))
      if (isOfRunner(key) && !this.before.keys.has(key)) delete globalThis[key]
  }

  exportConditions = () => this.conditions
  getVmContext = () => globalThis
}
