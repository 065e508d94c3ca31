import { Module } from '@nestjs/common'
import { LedgerModule } from '../ledger/ledger.module.js'
import { CheckRoots } from './check-roots.js'
import { CloseDay } from './close-day.js'
import { CloseDays } from './close-days.js'
import { FindHeads } from './find-heads.js'
import { LeafRepository } from './leaf.repository.js'
import { LedgerRootRepository } from './ledger-root.repository.js'
import { LedgerRootsController } from './ledger-roots.controller.js'
import { ProveEntry } from './prove-entry.js'

@Module({
  imports: [LedgerModule],
  controllers: [LedgerRootsController],
  providers: [CheckRoots, CloseDay, CloseDays, FindHeads, LeafRepository, LedgerRootRepository, ProveEntry],
  exports: [CheckRoots],
})
export class LedgerRootsModule {}
