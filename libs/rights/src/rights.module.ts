import { type DynamicModule, Module } from '@nestjs/common'
import { RightsOptions, type RightsSettings } from './rights-options.js'

/** The part of a service when a person uses a right; it knows what is held by the register of personal data. */
@Module({})
export class RightsModule {
  static forRoot(settings: RightsSettings): DynamicModule {
    const options = { provide: RightsOptions, useValue: new RightsOptions(settings) }
    return { module: RightsModule, providers: [options] }
  }
}
