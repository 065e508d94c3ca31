import { CommonConfig } from '@mpics/service-kit'
import { type DynamicModule, Module } from '@nestjs/common'
import { EraseHeldDataOnErasure } from './erasures/erase-held-data-on-erasure.js'
import { EraseHeldData } from './erasures/erase-held-data.js'
import { ErasureOrders } from './erasures/erasure-orders.js'
import { ErasurePartRepository } from './erasures/erasure-part.repository.js'
import { ReplayErasures } from './erasures/replay-erasures.js'
import { ExportFiles } from './exports/export-files.js'
import { ExportLinks } from './exports/export-links.js'
import { ExportPartRepository } from './exports/export-part.repository.js'
import { ExportStore } from './exports/export-store.js'
import type { ExportsConfig } from './exports/exports-config.js'
import { PartContent } from './exports/part-content.js'
import { WriteExportPart } from './exports/write-export-part.js'
import { WritePartOnExportRequest } from './exports/write-part-on-export-request.js'
import { CountHeldData } from './held-data/count-held-data.js'
import { heldDataController } from './held-data/held-data.controller.js'
import { RightsOptions, type RightsSettings } from './rights-options.js'

const erasing = [EraseHeldData, ErasureOrders, ErasurePartRepository, ReplayErasures]
const exporting = [ExportFiles, ExportLinks, ExportPartRepository, PartContent, WriteExportPart]

/** The part of a service when a person uses a right; it knows what is held by the register of personal data. */
@Module({})
export class RightsModule {
  static forRoot(settings: RightsSettings): DynamicModule {
    const options = { provide: RightsOptions, useValue: new RightsOptions(settings) }
    const exportStore = {
      provide: ExportStore,
      useFactory: (config: CommonConfig & ExportsConfig) => new ExportStore(settings.service, config),
      inject: [CommonConfig],
    }
    return {
      module: RightsModule,
      global: true,
      controllers: [heldDataController(settings.service), EraseHeldDataOnErasure, WritePartOnExportRequest],
      providers: [options, exportStore, CountHeldData, ...erasing, ...exporting],
      exports: [ExportStore, ExportFiles, ExportLinks],
    }
  }
}
