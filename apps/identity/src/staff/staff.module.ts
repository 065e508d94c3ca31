import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { ChangeStaffRoles } from './change-staff-roles.js'
import { StaffRolesController } from './staff-roles.controller.js'

@Module({
  imports: [AccountsModule],
  controllers: [StaffRolesController],
  providers: [ChangeStaffRoles],
  exports: [ChangeStaffRoles],
})
export class StaffModule {}
