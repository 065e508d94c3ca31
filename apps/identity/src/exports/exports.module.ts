import { Module } from '@nestjs/common'
import { PoliciesModule } from '../policies/policies.module.js'
import { EndExports } from './end-exports.js'
import { ExportData } from './export-data.js'
import { ExportObjects } from './export-objects.js'
import { ExportRepository } from './export.repository.js'
import { ExportsController } from './exports.controller.js'
import { JoinExport } from './join-export.js'
import { JoinExports } from './join-exports.js'
import { PrepareBucket } from './prepare-bucket.js'
import { ReadExport } from './read-export.js'
import { ReadParts } from './read-parts.js'
import { RequestExport } from './request-export.js'
import { TakePart } from './take-part.js'
import { WriteExportFile } from './write-export-file.js'

@Module({
  imports: [PoliciesModule],
  controllers: [ExportsController],
  providers: [
    EndExports,
    ExportData,
    ExportObjects,
    ExportRepository,
    JoinExport,
    JoinExports,
    PrepareBucket,
    ReadExport,
    ReadParts,
    RequestExport,
    TakePart,
    WriteExportFile,
  ],
  exports: [TakePart],
})
export class ExportsModule {}
