import { Module } from '@nestjs/common'
import { BeginLogIn } from './begin-log-in.js'
import { PendingLogInRepository } from './pending-log-in.repository.js'

@Module({
  providers: [BeginLogIn, PendingLogInRepository],
  exports: [BeginLogIn, PendingLogInRepository],
})
export class PendingLogInsModule {}
