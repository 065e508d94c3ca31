import { applyDecorators, UseFilters, UseGuards } from '@nestjs/common'
import { SessionGuard } from '../page-sessions/session.guard.js'
import { ToLogIn } from './to-log-in.filter.js'

/** Marks a controller whose pages are for who is logged in. */
export const MemberPages = (): ClassDecorator => applyDecorators(UseGuards(SessionGuard), UseFilters(ToLogIn))
