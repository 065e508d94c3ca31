export { RightsModule } from './rights.module.js'
export { RightsOptions, type RightsSettings } from './rights-options.js'
